// Alt+Up and Alt+Down: the selected blocks change places with the one before or after them; inside a list, items do.
import { Fragment, type NodeRange } from "prosemirror-model";
import { type Command, type EditorState, NodeSelection, TextSelection } from "prosemirror-state";

/** The blocks that move together: whole list items, never the paragraphs inside one. */
function moving({ selection: { $from, $to } }: EditorState): NodeRange | null {
  const range = $from.blockRange($to);
  if (!range) return null;
  const isItem = (name: string) => name === "list_item" || name === "task_item";
  if (!isItem(range.parent.type.name)) return range;
  return $from.blockRange($to, (node) => node.childCount > 0 && isItem(node.child(0).type.name)) ?? range;
}

function move(by: -1 | 1): Command {
  return (state, dispatch) => {
    const range = moving(state);
    if (!range || range.parent.type.spec.tableRole) return false;
    const { parent, startIndex, endIndex, start, end } = range;
    const neighbour = parent.maybeChild(by === -1 ? startIndex - 1 : endIndex);
    // At the edge the key still belongs to us: the browser would move the caret instead.
    if (!neighbour || !dispatch) return true;
    const blocks = parent.slice(start - range.$from.start(range.depth), end - range.$from.start(range.depth)).content;
    const tr = state.tr;
    if (by === -1) tr.replaceWith(start - neighbour.nodeSize, end, blocks.append(Fragment.from(neighbour)));
    else tr.replaceWith(start, end + neighbour.nodeSize, Fragment.from(neighbour).append(blocks));
    const { anchor, head } = state.selection;
    const shift = by * neighbour.nodeSize;
    const selection =
      state.selection instanceof NodeSelection
        ? NodeSelection.create(tr.doc, anchor + shift)
        : TextSelection.between(tr.doc.resolve(anchor + shift), tr.doc.resolve(head + shift));
    dispatch(tr.setSelection(selection).scrollIntoView());
    return true;
  };
}

export const moveUp = move(-1);
export const moveDown = move(1);

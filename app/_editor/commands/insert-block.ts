// Puts a block that holds no text of its own (a divider, an image) where the caret is, with a place to go on writing.
import type { Node } from "prosemirror-model";
import { type Command, TextSelection, type Transaction } from "prosemirror-state";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

/** Beside the textblock at `pos`, or before it if it is empty; the caret goes to the textblock after it, made if need be. */
export function insertBlockAt(tr: Transaction, node: Node, pos: number): Transaction {
  const $pos = tr.doc.resolve(pos);
  const at = $pos.parent.content.size === 0 ? $pos.before() : $pos.after();
  tr.insert(at, node);
  const next = at + node.nodeSize;
  if (!tr.doc.resolve(next).nodeAfter?.isTextblock) tr.insert(next, nodeOf(node.type.schema, "paragraph").create());
  return tr.setSelection(TextSelection.create(tr.doc, next + 1));
}

/** `make` is called when the command runs, not when it is only asked whether it could. */
export function insertBlock(name: string, make: () => Node | null): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    if (!$from.parent.isTextblock || $from.depth === 0) return false;
    const index = $from.index(-1);
    if (!$from.node(-1).canReplaceWith(index, index, nodeOf(state.schema, name))) return false;
    if (!dispatch) return true;
    const node = make();
    if (node) dispatch(insertBlockAt(state.tr, node, $from.pos).scrollIntoView());
    return node !== null;
  };
}

// Blocks that are written as source and shown as a picture of it: formulas and diagrams. The source is the node's own
// text, not an attribute: two people who change one formula merge letter by letter, undo and cursors work as in any
// text, where an attribute would let the last writer erase the other's change. The source shows while the caret is in
// it; these commands bring the caret in and out.
import { chainCommands } from "prosemirror-commands";
import { undoInputRule } from "prosemirror-inputrules";
import type { Node, ResolvedPos } from "prosemirror-model";
import { type Command, type EditorState, NodeSelection, Selection, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type { Key } from "#app/_editor/block.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

const SOURCES = ["math_inline", "math_block", "diagram"];

const isSource = (node: Node | null | undefined): boolean => node != null && SOURCES.includes(node.type.name);

function caret(state: EditorState, pos: number) {
  return state.tr.setSelection(TextSelection.create(state.doc, pos)).scrollIntoView();
}

/** Enter on a selected formula or diagram: the caret goes into its source. */
const open: Command = (state, dispatch) => {
  const { selection } = state;
  if (!(selection instanceof NodeSelection) || !isSource(selection.node)) return false;
  dispatch?.(caret(state, selection.to - 1));
  return true;
};

/** Out of the source, behind it; a block at the end of the document gets a paragraph to stand in. */
const leave: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if (!isSource($from.parent)) return false;
  const after = $from.after();
  if ($from.parent.isInline) {
    dispatch?.(caret(state, after));
    return true;
  }
  const next = Selection.findFrom(state.doc.resolve(after), 1);
  if (next) {
    dispatch?.(state.tr.setSelection(next).scrollIntoView());
    return true;
  }
  const tr = state.tr.insert(after, nodeOf(state.schema, "paragraph").create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
};

const leaveInline: Command = (state, dispatch) =>
  state.selection.$from.parent.type.name === "math_inline" && leave(state, dispatch);

/** Arrow keys walk in and out: the browser would jump over what is not displayed. */
function walk(direction: 1 | -1, way: "horizontal" | "vertical"): Command {
  return (state, dispatch, view) => {
    if (!state.selection.empty) return false;
    const $head = shownHead(state, view);
    if (isSource($head.parent)) return walkOut($head, direction, way)(state, dispatch);
    const beside = direction > 0 ? $head.nodeAfter : $head.nodeBefore;
    if (way === "horizontal" && isSource(beside)) {
      dispatch?.(caret(state, $head.pos + direction));
      return true;
    }
    const side = way === "vertical" ? (direction > 0 ? "down" : "up") : direction > 0 ? "forward" : "backward";
    if (!$head.parent.isTextblock || $head.depth === 0 || !view?.endOfTextblock(side)) return false;
    const edge = direction > 0 ? $head.after() : $head.before();
    const next = Selection.findFrom(state.doc.resolve(edge), direction);
    if (!next?.empty || !isSource(next.$from.parent) || next.$from.parent.isInline) return false;
    dispatch?.(state.tr.setSelection(next).scrollIntoView());
    return true;
  };
}

/** Where the screen has the caret: while a key is held down, the browser is a step ahead of the editor's state. */
function shownHead(state: EditorState, view: EditorView | undefined): ResolvedPos {
  const shown = view?.dom.ownerDocument.getSelection();
  if (!view || !shown?.isCollapsed || !shown.focusNode || !view.dom.contains(shown.focusNode)) {
    return state.selection.$head;
  }
  return state.doc.resolve(view.posAtDOM(shown.focusNode, shown.focusOffset));
}

function walkOut($head: ResolvedPos, direction: 1 | -1, way: "horizontal" | "vertical"): Command {
  return (state, dispatch) => {
    const { parent, parentOffset } = $head;
    const text = parent.textContent;
    const rest = direction > 0 ? text.slice(parentOffset) : text.slice(0, parentOffset);
    if (way === "vertical" ? parent.isInline || rest.includes("\n") : rest !== "") return false;
    if (direction > 0) return leave(state, dispatch);
    if (parent.isInline) {
      dispatch?.(caret(state, $head.before()));
      return true;
    }
    const before = Selection.findFrom(state.doc.resolve($head.before()), -1);
    if (before) dispatch?.(state.tr.setSelection(before).scrollIntoView());
    return before !== null;
  };
}

/** Beside an inline formula a deletion first selects it; inside, one that would leave nothing takes the formula too. */
function remove(direction: 1 | -1): Command {
  return (state, dispatch) => {
    const { $from, $to, empty } = state.selection;
    const { parent } = $from;
    if (parent.type.name === "math_inline" && $from.sameParent($to)) {
      const size = parent.content.size;
      const goes = empty
        ? size === 0
          ? 0
          : $from.parentOffset === (direction > 0 ? 0 : 1)
            ? 1
            : -1
        : $to.pos - $from.pos;
      if (goes !== size) return false;
      dispatch?.(state.tr.delete($from.before(), $from.after()).scrollIntoView());
      return true;
    }
    const beside = direction > 0 ? $from.nodeAfter : $from.nodeBefore;
    if (!empty || beside?.type.name !== "math_inline") return false;
    const pos = direction > 0 ? $from.pos : $from.pos - beside.nodeSize;
    dispatch?.(state.tr.setSelection(NodeSelection.create(state.doc, pos)));
    return true;
  };
}

/** The keys of all of them; they must come before those of code blocks, which also take Enter and Tab. */
export function sourceKeys(): Key[] {
  return [
    { key: "Enter", command: chainCommands(open, leaveInline) },
    { key: "Tab", command: leaveInline },
    { key: "Escape", command: leave },
    { key: "Mod-Enter", command: leave },
    { key: "ArrowRight", command: walk(1, "horizontal") },
    { key: "ArrowLeft", command: walk(-1, "horizontal") },
    { key: "ArrowDown", command: walk(1, "vertical") },
    { key: "ArrowUp", command: walk(-1, "vertical") },
    { key: "Backspace", command: chainCommands(undoInputRule, remove(-1)) },
    { key: "Delete", command: remove(1) },
  ];
}

// Questions the toolbar asks about the selection.
import type { Attrs, MarkType, Node } from "prosemirror-model";
import type { EditorState } from "prosemirror-state";

/** Whether every textblock in the selection is a `name` with these attributes. */
export function selectionIs(name: string, attrs: Attrs = {}): (state: EditorState) => boolean {
  return (state) => {
    let found = false;
    let other = false;
    const { from, to } = state.selection;
    state.doc.nodesBetween(from, to, (node) => {
      if (!node.isTextblock) return;
      if (matches(node, name, attrs)) found = true;
      else other = true;
    });
    return found && !other;
  };
}

/** Whether the nearest ancestor of the selection's start whose name is in `among` is a `name`. */
export function nearestIs(name: string, among: string[]): (state: EditorState) => boolean {
  return ({ selection: { $from } }) => {
    for (let depth = $from.depth; depth > 0; depth--) {
      const found = $from.node(depth).type.name;
      if (among.includes(found)) return found === name;
    }
    return false;
  };
}

/** Whether the mark is on: stored for the next character, or anywhere in the selection. */
export function markIsOn(type: MarkType): (state: EditorState) => boolean {
  return ({ selection: { empty, from, to, $from }, storedMarks, doc }) =>
    empty ? type.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, type);
}

function matches(node: Node, name: string, attrs: Attrs): boolean {
  return node.type.name === name && Object.entries(attrs).every(([key, value]) => node.attrs[key] === value);
}

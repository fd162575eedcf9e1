// For two marks of which a piece of text wears one at most. The schema does not forbid both: two people may set one
// each at the same moment, and what the schema forbids would be taken out of the document.
import { toggleMark } from "prosemirror-commands";
import type { MarkType } from "prosemirror-model";
import type { Command } from "prosemirror-state";

/** Switches `type` on or off; switching it on takes `other` away. */
export function toggleEither(type: MarkType, other: MarkType): Command {
  return (state, dispatch) => {
    const { from, to, empty } = state.selection;
    if (!dispatch) return toggleMark(type)(state);
    return toggleMark(type)(state, (tr) => {
      if (empty) tr.removeStoredMark(other);
      else if (tr.doc.rangeHasMark(from, to, type)) tr.removeMark(from, to, other);
      dispatch(tr);
    });
  };
}

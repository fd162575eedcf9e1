// To the start and the end of the document. The browser's own way there goes no further than what it has laid out, and
// what is off the screen is not (styles/off-screen.css).
import { type Command, Selection, TextSelection } from "prosemirror-state";

/** `extend`: what was selected stays so, up to there. */
export function toDocumentEnd(which: "start" | "end", extend = false): Command {
  return (state, dispatch) => {
    const there = which === "start" ? Selection.atStart(state.doc) : Selection.atEnd(state.doc);
    const selection = extend ? TextSelection.between(state.selection.$anchor, there.$head) : there;
    dispatch?.(state.tr.setSelection(selection).scrollIntoView());
    return true;
  };
}

// One intention is one step of undo: a command that a person chose is not merged with the typing around it.
import type { Command, Transaction } from "prosemirror-state";

const INTENTION = "intention";

/** Marks what the command does as an intention of its own. */
export function intend(command: Command): Command {
  return (state, dispatch, view) => command(state, dispatch && ((tr) => dispatch(tr.setMeta(INTENTION, true))), view);
}

/** Whether undo must stop before and after this transaction. */
export function isIntention(tr: Transaction): boolean {
  if (!tr.docChanged) return false;
  return tr.getMeta(INTENTION) === true || ["paste", "cut", "drop"].includes(tr.getMeta("uiEvent"));
}

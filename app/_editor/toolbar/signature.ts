// What a toolbar shows of a state, as text: which entries can be used, and which are on.
import type { EditorState } from "prosemirror-state";
import type { Button } from "#app/_editor/toolbar/entries.ts";

/** ms between two looks of a toolbar at what can be used now, which asks every command. */
export const LOOKS_EVERY = 100;

/** Asked several times for one state, worked out once. */
export function signatureOf(entries: Button[]): (state: EditorState) => string {
  const known = new WeakMap<EditorState, string>();
  return (state) => {
    let signature = known.get(state);
    if (signature === undefined) {
      signature = entries.map((entry) => `${entry.command(state) ? 1 : 0}${entry.active(state) ? 1 : 0}`).join("");
      known.set(state, signature);
    }
    return signature;
  };
}

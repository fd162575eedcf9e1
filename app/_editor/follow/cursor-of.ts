// Where a person's caret is, from awareness: of several tabs, the one in which it moved last.
import type { EditorState } from "prosemirror-state";
import type { Awareness } from "y-protocols/awareness";
import { stampedUser } from "#app/_collab/presence.ts";
import { absolutePosition } from "#app/_editor/plugins/cursors.ts";

/** Clients of that person, with or without a caret. */
export function clientsOf(awareness: Awareness, personId: string): number[] {
  return [...awareness.getStates()].flatMap(([client, state]) =>
    client !== awareness.clientID && stampedUser(state)?.id === personId ? [client] : [],
  );
}

/** The client whose caret moved, if one of `changed` is that person's and has a caret; else the one known before. */
export function movedClient(
  awareness: Awareness,
  personId: string,
  changed: readonly number[],
  before: number | null,
): number | null {
  const withCaret = clientsOf(awareness, personId).filter((client) => awareness.getStates().get(client)?.cursor);
  const moved = withCaret.filter((client) => changed.includes(client)).at(-1);
  if (moved !== undefined) return moved;
  return before !== null && withCaret.includes(before) ? before : (withCaret[0] ?? null);
}

/** Null without a caret, or before the text around it has arrived. */
export function caretOf(state: EditorState, awareness: Awareness, client: number): number | null {
  const cursor = awareness.getStates().get(client)?.cursor as { head?: unknown } | null | undefined;
  return cursor?.head ? absolutePosition(state, cursor.head) : null;
}

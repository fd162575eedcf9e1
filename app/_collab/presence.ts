// Who else is in the document, from awareness: one entry per person, however many tabs. Only states that the server
// stamped with a user count.
import type { Member } from "#lib/messages.ts";

export interface Present extends Member {
  tabs: number;
}

/**
 * The `user` of an awareness state if the server stamped it, or null. `hue` is the palette index that becomes our
 * `color`; the stamp's own `color` is a plain one, for clients without the palette.
 */
export function stampedUser(state: unknown): Member | null {
  const user = (state as { user?: Record<string, unknown> } | null)?.user;
  if (!user || typeof user.id !== "string" || typeof user.name !== "string") return null;
  const hue = Number.isInteger(user.hue) ? Number(user.hue) : 0;
  return { id: user.id, name: user.name, color: ((hue % 12) + 12) % 12 };
}

/** Everybody but `selfId`, by name. */
export function othersPresent(states: Iterable<unknown>, selfId: string): Present[] {
  const people = new Map<string, Present>();
  for (const state of states) {
    const user = stampedUser(state);
    if (!user || user.id === selfId) continue;
    const known = people.get(user.id);
    if (known) known.tabs++;
    else people.set(user.id, { ...user, tabs: 1 });
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

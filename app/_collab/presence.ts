// Who else is in the document, from awareness: one entry per person, however many tabs. Only states that the server
// stamped with a user count.
import type { Member } from "#lib/messages.ts";

export interface Present extends Member {
  tabs: number;
}

/** The `user` of an awareness state if the server stamped it, or null. */
export function stampedUser(state: unknown): Member | null {
  const user = (state as { user?: Partial<Member> } | null)?.user;
  if (!user || typeof user.id !== "string" || typeof user.name !== "string") return null;
  const color = Number.isInteger(user.color) ? (((user.color as number) % 12) + 12) % 12 : 0;
  return { id: user.id, name: user.name, color };
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

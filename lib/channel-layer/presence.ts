// Who is in a room over all servers: each server knows its own people, a user may have tabs on several.
import type { Member } from "#lib/messages.ts";

/** One entry per user and room, in the order of `servers`; rooms with nobody are absent. */
export function mergePresence(
  rooms: string[],
  servers: ((room: string) => Member[] | undefined)[],
): Map<string, Member[]> {
  const merged = new Map<string, Member[]>();
  for (const room of rooms) {
    const people = new Map<string, Member>();
    for (const peopleOf of servers) {
      for (const { id, name, color } of peopleOf(room) ?? []) {
        if (!people.has(id)) people.set(id, { id, name, color });
      }
    }
    if (people.size > 0) merged.set(room, [...people.values()]);
  }
  return merged;
}

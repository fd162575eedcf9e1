// Awareness updates of y-protocols as entries, and whose name is in them. Which entries count is the business of
// worker/presence.ts, and of server/relay.ts for those that take the short way.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Member } from "#lib/messages.ts";
import { personColor } from "#lib/palette.ts";

/** What one client says of itself. */
export interface AwarenessEntry {
  client: number;
  clock: number;
  /** JSON of an object, or "null": the client is gone. */
  state: string;
}

/** A connection has one Y.Doc, whose client id may change now and then; more than this is no editor. */
export const CLIENTS_PER_CONNECTION = 16;
/** Characters of a state. */
const STATE_LENGTH = 64 * 1024;

/** The entries one by one. Throws if they are malformed, or more than `most`, after those before. */
export function* decodeEntries(update: Uint8Array, most: number): Generator<AwarenessEntry> {
  const decoder = decoding.createDecoder(update);
  const count = decoding.readVarUint(decoder);
  if (count > most) throw new Error(`${count} awareness states in one message`);
  for (let left = count; left > 0; left--) {
    const client = naturalNumber(decoder);
    const clock = naturalNumber(decoder);
    const state = decoding.readVarString(decoder);
    if (state.length > STATE_LENGTH) throw new Error(`awareness state of ${state.length} characters`);
    yield { client, clock, state };
  }
}

/** lib0 answers numbers that nobody can count with, up to Infinity, which it would write without end. */
function naturalNumber(decoder: decoding.Decoder): number {
  const number = decoding.readVarUint(decoder);
  if (!Number.isSafeInteger(number)) throw new Error("an awareness number that is no natural number");
  return number;
}

export function encodeEntries(entries: Iterable<AwarenessEntry>): Uint8Array {
  const list = [...entries];
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, list.length);
    for (const { client, clock, state } of list) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, state);
    }
  });
}

/** The state with `user` set to who the session says it is; "null" stays null. Throws if it is no object. */
export function stamp(state: string, member: Member): string {
  const value = parse(state);
  if (value === null) return "null";
  if (typeof value !== "object" || Array.isArray(value)) throw new Error("awareness state is not an object");
  const user = { id: member.id, name: member.name, color: personColor(member.color), hue: member.color };
  return JSON.stringify({ ...value, user });
}

/** Whether a state has the stamp of somebody else: a client that repeats what it was told of others. */
export function isOfAnother(state: string, member: Member): boolean {
  const user = (parse(state) as { user?: unknown } | null)?.user;
  if (typeof user !== "object" || user === null) return false;
  return ["id", "name", "color", "hue"].every((key) => key in user) && (user as { id: unknown }).id !== member.id;
}

/** The parser's own error quotes what was sent, and that is for nobody's log. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error("awareness state is not JSON");
  }
}

// The awareness states of one room, as bytes-in bytes-out with an injected clock. Unlike the Awareness class of
// y-protocols it runs no timer, lets a connection change only its own clients, stamps the identity of the login
// session into every state, and encodes only what changed.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Member } from "#lib/messages.ts";
import { personColor } from "#lib/palette.ts";

/** ms after which a state that its client did not renew is removed; clients renew every 15 s. */
export const AWARENESS_TIMEOUT = 30_000;
/** A connection has one Y.Doc, whose client id may change now and then; more than this is no editor. */
const CLIENTS_PER_CONNECTION = 16;
const STATE_BYTES = 64 * 1024;
/** States in one message beyond twice as many as are present: clients answer a query with everybody they know. */
const MORE_STATES = 1_000;

interface Entry {
  clock: number;
  /** JSON of the state, already stamped. */
  state: string;
  connection: string;
  userId: string;
  renewedAt: number;
}

export class Presence {
  #entries = new Map<number, Entry>();
  /** How many clients each connection has. */
  #owned = new Map<string, number>();
  /** Clocks of the clients that were removed since the last `encodeChanges`. */
  #removed = new Map<number, number>();
  /** Everybody, encoded once for all who ask before the next change. */
  #all: Uint8Array | null = null;

  get size(): number {
    return this.#entries.size;
  }

  /**
   * Takes an awareness update from a connection. Answers the client ids that changed; entries of other people's
   * clients and outdated ones are passed over. Throws on malformed bytes.
   */
  apply(connection: string, member: Member, update: Uint8Array, now: number): number[] {
    const decoder = decoding.createDecoder(update);
    const changed: number[] = [];
    const count = decoding.readVarUint(decoder);
    if (count > 2 * this.#entries.size + MORE_STATES) throw new Error(`${count} awareness states in one message`);
    for (let left = count; left > 0; left--) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const json = decoding.readVarString(decoder);
      if (json.length > STATE_BYTES) throw new Error(`awareness state of ${json.length} characters`);
      // Asked first: most of what a client repeats of others is refused, and to read a state costs much more.
      if (!this.#mayChange(connection, member.id, client, clock, json === "null")) continue;
      this.#change(connection, member.id, client, clock, stamp(json, member), now);
      changed.push(client);
    }
    return changed;
  }

  #mayChange(connection: string, userId: string, client: number, clock: number, leaves: boolean): boolean {
    const entry = this.#entries.get(client);
    if (!entry) return !leaves && (this.#owned.get(connection) ?? 0) < CLIENTS_PER_CONNECTION;
    // A reconnect of the same person may overtake the end of the old connection; nobody else may touch the entry.
    if (entry.connection !== connection && entry.userId !== userId) return false;
    return clock > entry.clock || (clock === entry.clock && leaves);
  }

  #change(connection: string, userId: string, client: number, clock: number, state: string, now: number): void {
    this.#all = null;
    this.#disown(client);
    if (state === "null") {
      this.#entries.delete(client);
      this.#removed.set(client, clock);
    } else {
      this.#entries.set(client, { clock, state, connection, userId, renewedAt: now });
      this.#owned.set(connection, (this.#owned.get(connection) ?? 0) + 1);
      this.#removed.delete(client);
    }
  }

  #disown(client: number): void {
    const connection = this.#entries.get(client)?.connection;
    if (connection === undefined) return;
    const left = (this.#owned.get(connection) ?? 1) - 1;
    if (left > 0) this.#owned.set(connection, left);
    else this.#owned.delete(connection);
  }

  /** Removes the states of a connection; answers the client ids that were removed. */
  leave(connection: string): number[] {
    return this.#remove((entry) => entry.connection === connection);
  }

  /** Removes the states that were not renewed for AWARENESS_TIMEOUT. */
  expire(now: number): number[] {
    return this.#remove((entry) => now - entry.renewedAt > AWARENESS_TIMEOUT);
  }

  #remove(matches: (entry: Entry) => boolean): number[] {
    const removed: number[] = [];
    for (const [client, entry] of this.#entries) {
      if (!matches(entry)) continue;
      this.#all = null;
      this.#disown(client);
      this.#entries.delete(client);
      this.#removed.set(client, entry.clock);
      removed.push(client);
    }
    return removed;
  }

  /** An awareness update with every state that is present; the same bytes until something changes. */
  encode(): Uint8Array {
    this.#all ??= this.#encode([...this.#entries.keys()]);
    return this.#all;
  }

  /** An awareness update with the states of clients that changed; those that were removed as null. */
  encodeChanges(clients: Iterable<number>): Uint8Array {
    const bytes = this.#encode([...new Set(clients)]);
    this.#removed.clear();
    return bytes;
  }

  #encode(clients: number[]): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, clients.length);
      for (const client of clients) {
        const entry = this.#entries.get(client);
        encoding.writeVarUint(encoder, client);
        encoding.writeVarUint(encoder, entry?.clock ?? this.#removed.get(client) ?? 0);
        encoding.writeVarString(encoder, entry?.state ?? "null");
      }
    });
  }
}

/** The state with `user` set to who the session says it is; "null" stays null. */
function stamp(json: string, member: Member): string {
  const state = parse(json);
  if (state === null) return "null";
  if (typeof state !== "object" || Array.isArray(state)) throw new Error("awareness state is not an object");
  const user = { id: member.id, name: member.name, color: personColor(member.color), hue: member.color };
  return JSON.stringify({ ...state, user });
}

/** The parser's own error quotes what was sent, and that is for nobody's log. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error("awareness state is not JSON");
  }
}

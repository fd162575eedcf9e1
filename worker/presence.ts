// The awareness states of one room, as bytes-in bytes-out with an injected clock. Unlike the Awareness class of
// y-protocols it runs no timer, lets a connection change only its own clients, stamps the identity of the login
// session into every state, and encodes only what changed.
import { CLIENTS_PER_CONNECTION, decodeEntries, encodeEntries, isOfAnother, stamp } from "#lib/awareness.ts";
import type { Member } from "#lib/messages.ts";
import type { Claim } from "./outcome.ts";

/** ms after which a state that its client did not renew is removed; clients renew every 15 s. */
export const AWARENESS_TIMEOUT = 30_000;
/** Clients that left, of whom those are told who may have missed it. */
const GONE = 1_000;
/** States in one message beyond twice as many as are present: clients answer a query with everybody they know. */
const MORE_STATES = 10_000;
/** Characters of all states of a person in the room; everybody who joins is told all of them. */
const PERSON_LENGTH = 1024 * 1024;

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
  /** Characters of the states of each person. */
  #lengths = new Map<string, number>();
  /** Who left within AWARENESS_TIMEOUT, in that order. */
  #gone = new Map<number, { clock: number; at: number }>();
  /** Since the last `takeClaims`. */
  #claims: Claim[] = [];
  /** Everybody, encoded once for all who ask before the next change. */
  #all: Uint8Array | null = null;

  get size(): number {
    return this.#entries.size;
  }

  /**
   * Takes an awareness update from a connection. Answers the client ids that changed; entries of other people's
   * clients and outdated ones are passed over, and what is too much. Throws on malformed bytes.
   */
  apply(connection: string, member: Member, update: Uint8Array, now: number): number[] {
    const changed: number[] = [];
    for (const { client, clock, state } of decodeEntries(update, 2 * this.#entries.size + MORE_STATES)) {
      // Asked first: most of what a client repeats of others is refused, and to read a state costs much more.
      if (!this.#mayChange(connection, member.id, client, clock, state === "null")) continue;
      // y-websocket's provider repeats what it hears, and may be the first whom a new owner of the room hears.
      if (!this.#entries.has(client) && isOfAnother(state, member)) continue;
      const stamped = stamp(state, member);
      if (!this.#hasRoom(member.id, client, stamped)) continue;
      this.#change(connection, member.id, client, clock, stamped, now);
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

  #hasRoom(userId: string, client: number, state: string): boolean {
    const before = this.#entries.get(client)?.state.length ?? 0;
    return state.length <= before || (this.#lengths.get(userId) ?? 0) - before + state.length <= PERSON_LENGTH;
  }

  #change(connection: string, userId: string, client: number, clock: number, state: string, now: number): void {
    this.#all = null;
    if (state !== "null" && this.#entries.get(client)?.connection !== connection)
      this.#claims.push({ connection, client });
    this.#disown(client);
    if (state === "null") {
      this.#entries.delete(client);
      this.#bury(client, clock, now);
    } else {
      this.#entries.set(client, { clock, state, connection, userId, renewedAt: now });
      count(this.#lengths, userId, state.length);
      count(this.#owned, connection, 1);
      this.#gone.delete(client);
    }
  }

  #bury(client: number, clock: number, now: number): void {
    const known = this.#gone.get(client)?.clock ?? 0;
    this.#gone.delete(client);
    this.#gone.set(client, { clock: Math.max(known, clock), at: now });
  }

  #disown(client: number): void {
    const entry = this.#entries.get(client);
    if (!entry) return;
    count(this.#owned, entry.connection, -1);
    count(this.#lengths, entry.userId, -entry.state.length);
  }

  /**
   * Removes the states of a connection, `last` said what it had; answers the client ids of which others are to be told,
   * though they were not known here: a worker before may have told of them.
   */
  leave(connection: string, now: number, last: [client: number, clock: number][] = []): number[] {
    const removed = new Set(this.#remove((entry) => entry.connection === connection, now));
    for (const [client, clock] of last) {
      // Somebody else speaks for it by now.
      if (this.#entries.has(client)) continue;
      this.#bury(client, clock, now);
      removed.add(client);
    }
    return [...removed];
  }

  /** Removes the states that were not renewed for AWARENESS_TIMEOUT. */
  expire(now: number): number[] {
    for (const [client, { at }] of this.#gone) if (now - at > AWARENESS_TIMEOUT) this.#gone.delete(client);
    return this.#remove((entry) => now - entry.renewedAt > AWARENESS_TIMEOUT, now);
  }

  #remove(matches: (entry: Entry) => boolean, now: number): number[] {
    const removed: number[] = [];
    for (const [client, entry] of this.#entries) {
      if (!matches(entry)) continue;
      this.#all = null;
      this.#disown(client);
      this.#entries.delete(client);
      this.#bury(client, entry.clock, now);
      removed.push(client);
    }
    return removed;
  }

  /** An awareness update with every state that is present; the same bytes until something changes. */
  encode(): Uint8Array {
    this.#all ??= this.#encode([...this.#entries.keys()]);
    return this.#all;
  }

  /** For each list of clients that changed an awareness update with their states; those that were removed as null. */
  encodeChanges(...lists: Iterable<number>[]): Uint8Array[] {
    const updates = lists.map((clients) => this.#encode([...new Set(clients)]));
    // Not before: whoever is told as gone is told with their clock, however many leave at once.
    if (this.#gone.size > GONE) for (const client of [...this.#gone.keys()].slice(0, -GONE)) this.#gone.delete(client);
    return updates;
  }

  /** An awareness update that takes those away who left lately; null if nobody did. */
  encodeGone(): Uint8Array | null {
    return this.#gone.size > 0 ? this.#encode([...this.#gone.keys()].slice(-GONE)) : null;
  }

  /** The clients that became a connection's since the last call. */
  takeClaims(): Claim[] {
    return this.#claims.splice(0);
  }

  #encode(clients: number[]): Uint8Array {
    return encodeEntries(
      clients.map((client) => {
        const { clock, state } = this.#entries.get(client) ?? {
          clock: this.#gone.get(client)?.clock ?? 0,
          state: "null",
        };
        return { client, clock, state };
      }),
    );
  }
}

/** Adds to what is counted under a key; nothing is kept of none. */
function count(counts: Map<string, number>, key: string, more: number): void {
  const sum = (counts.get(key) ?? 0) + more;
  if (sum > 0) counts.set(key, sum);
  else counts.delete(key);
}

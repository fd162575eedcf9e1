// Cursors by the short way: what somebody says of themselves is told to everybody on the same server at once, without
// the way through Redis and a worker. The worker gets the same frame, judges it, and tells the people of other servers.
// Only what it could not object to is relayed: states of clients that it has called the connection's own, with the
// session's identity in them. And only while somebody does not write: a cursor must not overtake the words that it
// stands behind, which take the long way. Decision 23.
import { type AwarenessEntry, CLIENTS_PER_CONNECTION, decodeEntries, encodeEntries, stamp } from "#lib/awareness.ts";
import { broadcastPause } from "#lib/broadcast-pause.ts";
import { decodeFrame, encodeAwareness } from "#lib/frames.ts";
import type { Member } from "#lib/messages.ts";
import { tally } from "#lib/metrics.ts";
import { FRAME, LIMITS } from "#lib/protocol.ts";
import type { Consumer } from "./consumer.ts";

/** Bytes of a frame; larger states take the long way, as to read one costs this server. */
const SMALL = 2_048;

/** What is known of an awareness client. */
interface Client {
  /** The newest that the connection told of it. */
  clock: number;
  /** A worker has taken it for the connection's. */
  isOwn: boolean;
}

/** One connection. */
interface Speaker {
  clients: Map<number, Client>;
  wroteAt: number;
}

/** A room's newest states that are to be told, by client. */
interface Batch {
  entries: Map<number, AwarenessEntry>;
  toldAt: number;
}

export interface RelayOptions {
  /** Tells a frame to everybody of a room who is on this server. */
  tell(room: string, frame: Uint8Array): void;
  /** How many those are. */
  connections(room: string): number;
  /** A monotonic clock in ms. */
  now?(): number;
}

export class Relay {
  readonly #options: Required<RelayOptions>;
  #speakers = new Map<Consumer, Speaker>();
  #batches = new Map<string, Batch>();

  constructor(options: RelayOptions) {
    this.#options = { now: () => performance.now(), ...options };
  }

  /** A worker has taken this awareness client for this connection's. */
  own(consumer: Consumer, client: number): void {
    clientOf(this.#speaker(consumer), client).isOwn = true;
  }

  #speaker(consumer: Consumer): Speaker {
    let speaker = this.#speakers.get(consumer);
    if (!speaker) {
      speaker = { clients: new Map(), wroteAt: this.#options.now() };
      this.#speakers.set(consumer, speaker);
    }
    return speaker;
  }

  /**
   * The connection is over. What it said last is told now: later it could reach somebody who comes after it has left.
   * Answers its own clients, with the newest clock of each.
   */
  end(consumer: Consumer): [client: number, clock: number][] {
    const clients = [...(this.#speakers.get(consumer)?.clients ?? [])];
    this.#speakers.delete(consumer);
    const { room } = consumer.admission;
    if (this.#options.connections(room) > 0) this.#tell(room);
    else this.#batches.delete(room);
    return clients.flatMap(([client, { clock, isOwn }]) => (isOwn && clock >= 0 ? [[client, clock]] : []));
  }

  /** Whether a frame of the connection is relayed. To be asked for each of its frames, in order. */
  take(consumer: Consumer, frame: Uint8Array): boolean {
    const speaker = this.#speaker(consumer);
    const update = frame[0] === FRAME.awareness ? awarenessOf(frame) : null;
    if (!update) speaker.wroteAt = this.#options.now();
    const said = update && readNews(update, speaker);
    if (!said || this.#options.now() - speaker.wroteAt < LIMITS.quietTime) return false;
    const { room, member } = consumer.admission;
    const entries = stamped(said, member);
    if (entries.length === 0) return false;
    const batch = this.#batch(room);
    for (const entry of entries) {
      batch.entries.set(entry.client, entry);
      if (entry.state === "null") clientOf(speaker, entry.client).isOwn = false;
    }
    tally.relayed++;
    return true;
  }

  /** The one that is open, or a new one. */
  #batch(room: string): Batch {
    let batch = this.#batches.get(room);
    if (!batch) {
      batch = { entries: new Map(), toldAt: Number.NEGATIVE_INFINITY };
      this.#batches.set(room, batch);
    }
    if (batch.entries.size > 0) return batch;
    const wait = batch.toldAt + broadcastPause(this.#options.connections(room)) - this.#options.now();
    const tell = () => this.#tell(room);
    if (wait > 0) setTimeout(tell, wait);
    else setImmediate(tell);
    return batch;
  }

  #tell(room: string): void {
    const batch = this.#batches.get(room);
    if (!batch || batch.entries.size === 0) return;
    const frame = encodeAwareness(encodeEntries(batch.entries.values()));
    batch.entries.clear();
    batch.toldAt = this.#options.now();
    this.#options.tell(room, frame);
  }
}

/** The body of a frame that is one small awareness message and nothing else; null if it is anything else. */
function awarenessOf(frame: Uint8Array): Uint8Array | null {
  if (frame.length > SMALL) return null;
  try {
    const [message, other] = [...decodeFrame(frame)];
    return message?.type === "awareness" && !other ? message.update : null;
  } catch {
    // A worker says what is wrong with it.
    return null;
  }
}

/** Remembers the clocks. Null if it cannot be read, or an entry is not the speaker's own, or not news. */
function readNews(update: Uint8Array, speaker: Speaker): AwarenessEntry[] | null {
  try {
    const entries = [...decodeEntries(update, CLIENTS_PER_CONNECTION)];
    let isNews = entries.length > 0;
    for (const { client: id, clock } of entries) {
      const client = clientOf(speaker, id);
      if (!client.isOwn || clock <= client.clock) isNews = false;
      client.clock = Math.max(client.clock, clock);
    }
    return isNews ? entries : null;
  } catch {
    // A worker says what is wrong with it.
    return null;
  }
}

/** Lets go of the one that was named first when there are too many. */
function clientOf({ clients }: Speaker, id: number): Client {
  let client = clients.get(id);
  if (!client) {
    if (clients.size >= CLIENTS_PER_CONNECTION) clients.delete(clients.keys().next().value ?? id);
    client = { clock: Number.NEGATIVE_INFINITY, isOwn: false };
    clients.set(id, client);
  }
  return client;
}

/** None if one of the states is no state. */
function stamped(entries: AwarenessEntry[], member: Member): AwarenessEntry[] {
  try {
    return entries.map((entry) => ({ ...entry, state: stamp(entry.state, member) }));
  } catch {
    return [];
  }
}

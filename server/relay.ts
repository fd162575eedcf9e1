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

/** What a connection may say by the short way. */
interface Speaker {
  /** The newest clock of each of its clients that was relayed. */
  clocks: Map<number, number>;
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
    const { clocks } = this.#speaker(consumer);
    clocks.delete(client);
    if (clocks.size >= CLIENTS_PER_CONNECTION) clocks.delete(clocks.keys().next().value ?? client);
    clocks.set(client, Number.NEGATIVE_INFINITY);
  }

  #speaker(consumer: Consumer): Speaker {
    let speaker = this.#speakers.get(consumer);
    if (!speaker) {
      speaker = { clocks: new Map(), wroteAt: this.#options.now() };
      this.#speakers.set(consumer, speaker);
    }
    return speaker;
  }

  /** The connection is over. What it said last is told now: later it could reach somebody who comes after it has left. */
  end(consumer: Consumer): void {
    this.#speakers.delete(consumer);
    const { room } = consumer.admission;
    if (this.#options.connections(room) > 0) this.#tell(room);
    else this.#batches.delete(room);
  }

  /** Whether a frame of the connection is relayed. To be asked for each of its frames, in order. */
  take(consumer: Consumer, frame: Uint8Array): boolean {
    const speaker = this.#speaker(consumer);
    const update = frame[0] === FRAME.awareness ? awarenessOf(frame) : null;
    if (!update) speaker.wroteAt = this.#options.now();
    if (!update || speaker.clocks.size === 0 || this.#options.now() - speaker.wroteAt < LIMITS.quietTime) return false;
    const { room, member } = consumer.admission;
    const entries = readOwn(update, speaker, member);
    if (entries.length === 0) return false;
    const batch = this.#batch(room);
    for (const entry of entries) {
      batch.entries.set(entry.client, entry);
      if (entry.state === "null") speaker.clocks.delete(entry.client);
      else speaker.clocks.set(entry.client, entry.clock);
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

/** The entries, stamped; none if one of them is not the speaker's own, or not news. */
function readOwn(update: Uint8Array, { clocks }: Speaker, member: Member): AwarenessEntry[] {
  const entries: AwarenessEntry[] = [];
  try {
    for (const { client, clock, state } of decodeEntries(update, CLIENTS_PER_CONNECTION)) {
      if (!(clock > (clocks.get(client) ?? Number.POSITIVE_INFINITY))) return [];
      entries.push({ client, clock, state: stamp(state, member) });
    }
    return entries;
  } catch {
    return [];
  }
}

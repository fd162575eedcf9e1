// One client of one room: connects, answers the sync handshake, types, moves its cursor, and notes in the room's ledger
// what it hears. It keeps no document.
import { decodeCursors, encodeCursor } from "./cursors.ts";
import { type Dialect, decodeFrame, encodeAwareness, encodeHello, encodeNothing, encodeUpdate } from "./dialects.ts";
import type { Histogram } from "./histogram.ts";
import type { Delivery, Ledger } from "./ledger.ts";
import { type Address, LoadSocket } from "./socket.ts";
import { decodeRanges, encodeInsert } from "./updates.ts";

/** Where a member connects to. */
export interface Seat extends Address {
  dialect: Dialect;
  /** The document's name in frames. */
  room: string;
}

/** A room of the load, shared by its members. */
export interface LoadRoom {
  edits: Ledger;
  cursors: Ledger;
  indexOf: Map<number, number>;
}

/** Counters of the whole load. */
export interface Tally {
  latency: Histogram;
  saved: Histogram;
  frames: number;
  bytes: number;
  closed: Map<string, number>;
}

export class Member {
  readonly client: number;
  readonly index: number;
  readonly seat: Seat;
  readonly #room: LoadRoom;
  readonly #tally: Tally;
  readonly #socket: LoadSocket;
  /** Resolves when the server has answered step 1. */
  readonly synced: Promise<void>;
  isOpen = true;
  #sent: number[] = [];
  #saved = 0;
  #framesSent = 0;
  #onSynced: () => void = () => {};
  #onEnd: (error: Error) => void = () => {};
  #leaving = false;

  constructor(client: number, index: number, seat: Seat, room: LoadRoom, tally: Tally) {
    this.client = client;
    this.index = index;
    this.seat = seat;
    this.#room = room;
    this.#tally = tally;
    this.synced = new Promise((resolve, reject) => {
      this.#onSynced = resolve;
      this.#onEnd = reject;
    });
    // Whoever waits for it hears of it; nobody else has to.
    this.synced.catch(() => {});
    this.#socket = new LoadSocket(seat, {
      onOpen: () => {
        for (const frame of encodeHello(seat.dialect, seat.room)) this.#send(frame);
      },
      onFrame: (frame) => this.#receive(frame),
      onClose: (code, reason) => this.#end(`${code} ${reason}`.trim()),
    });
  }

  #send(frame: Uint8Array): void {
    this.#framesSent++;
    this.#socket.send(frame);
  }

  type(due: number): void {
    const { dialect, room } = this.seat;
    const clock = this.#room.edits.send(this.index, due);
    const update = encodeInsert(this.client, clock, String.fromCharCode(97 + (clock % 26)));
    this.#send(encodeUpdate(dialect, room, update));
    this.#sent[this.#framesSent] = due;
  }

  point(due: number): void {
    const { dialect, room } = this.seat;
    const clock = this.#room.cursors.send(this.index, due) + 1;
    this.#send(encodeAwareness(dialect, room, encodeCursor(this.client, clock)));
  }

  /** With a close frame, or just gone. */
  leave(politely: boolean): void {
    this.#leaving = true;
    if (politely) this.#socket.close();
    else this.#socket.destroy();
  }

  #end(why: string): void {
    this.isOpen = false;
    if (!this.#leaving) this.#tally.closed.set(why, (this.#tally.closed.get(why) ?? 0) + 1);
    this.#onEnd(new Error(`the server closed the connection: ${why}`));
  }

  #receive(frame: Buffer): void {
    this.#tally.frames++;
    this.#tally.bytes += frame.length;
    const now = performance.now();
    const { dialect, room } = this.seat;
    const [body, edits] = updateIn(dialect, room, frame);
    if (body) {
      const ledger = edits ? this.#room.edits : this.#room.cursors;
      const kind = edits ? "edits" : "cursors";
      ledger.receive(this.index, body, now, this.#tally.latency, () => this.#decode(kind, body));
      return;
    }
    for (const heard of decodeFrame(dialect, frame)) {
      if (heard.kind === "step 1") this.#send(encodeNothing(dialect, room));
      if (heard.kind === "step 2") this.#onSynced();
      if (heard.kind === "saved") this.#hearSaved(heard.frames, now);
      if (heard.kind === "refused") this.#end("refused");
    }
  }

  #hearSaved(frames: number, now: number): void {
    for (; this.#saved < frames; this.#saved++) {
      const due = this.#sent[this.#saved + 1];
      if (due !== undefined) this.#tally.saved.record(now - due);
    }
  }

  #decode(kind: "edits" | "cursors", bytes: Uint8Array): Delivery {
    const { indexOf } = this.#room;
    const triples: number[] = [];
    if (kind === "edits") {
      for (const { client, clock, length } of decodeRanges(bytes)) {
        const index = indexOf.get(client);
        if (index !== undefined) triples.push(index, clock, length);
      }
    } else {
      for (const { client, clock } of decodeCursors(bytes)) {
        const index = indexOf.get(client);
        // A newer position stands for all before it.
        if (index !== undefined) triples.push(index, 0, clock);
      }
    }
    return Int32Array.from(triples);
  }
}

/**
 * The body of a frame that is one update or one awareness message, without a copy; null if it is anything else. Nearly
 * every frame of a load is one of the two.
 */
function updateIn(dialect: Dialect, room: string, frame: Buffer): [body: Buffer | null, edits: boolean] {
  // In Hocuspocus' framing the name comes first; its length fits into one byte.
  let at = dialect === "hocuspocus" ? 1 + room.length : 0;
  const edits = frame[at] === 0 && frame[at + 1] === 2;
  if (!edits && frame[at] !== 1) return [null, false];
  at += edits ? 2 : 1;
  let length = 0;
  let factor = 1;
  for (;;) {
    const byte = frame[at++];
    if (byte === undefined) return [null, false];
    length += (byte & 0x7f) * factor;
    factor *= 128;
    if (byte < 0x80) break;
  }
  return at + length === frame.length ? [frame.subarray(at), edits] : [null, false];
}

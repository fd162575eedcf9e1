// What a room says to single connections: the state and who is present, made into the frames that each kind of client
// expects, and the very same bytes for everybody who asks for the same. When it is said is room.ts' business.
import { randomUUID } from "node:crypto";
import * as Y from "yjs";
import { encodeAwareness, encodeQueryAwareness, encodeStep1, encodeStep2 } from "#lib/frames.ts";
import type { ClientOptions } from "#lib/messages.ts";
import { LIMITS } from "#lib/protocol.ts";
import type { RoomType } from "#lib/room-types.ts";
import { checkStateVector } from "./bounded-decoders.ts";
import type { Incoming, Outcome, WholeState } from "./outcome.ts";
import type { Presence } from "./presence.ts";
import { Frames, Joiner } from "./same-frames.ts";
import type { Answer } from "./taken.ts";
import type { Wire } from "./wire.ts";

export class Replies {
  readonly #type: RoomType;
  readonly #wire: Wire;
  readonly #presence: Presence;
  readonly #frames = new Frames();
  /** By the message that holds it. */
  readonly #states = new WeakMap<Uint8Array, WholeState>();

  constructor(type: RoomType, wire: Wire, presence: Presence) {
    this.#type = type;
    this.#wire = wire;
    this.#presence = presence;
  }

  step1(): Uint8Array {
    return this.#frames.of(this.#wire.encodeStateVector(), encodeStep1);
  }

  everybody(): Uint8Array {
    return this.#frames.of(this.#presence.encode(), encodeAwareness);
  }

  #state(): Uint8Array {
    const bytes = this.#frames.of(this.#wire.encodeState(), encodeStep2);
    const isKept = bytes.length >= LIMITS.keptStateFrom;
    if (isKept && !this.#states.has(bytes)) this.#states.set(bytes, { id: randomUUID(), bytes });
    return bytes;
  }

  /** To somebody who joins or, with `resync`, who may have missed something while connected all along. */
  greeting({ framing, extended }: ClientOptions, resync: boolean): Uint8Array[] {
    const messages: Uint8Array[] = [];
    if (resync || (this.#type.serverStartSync && framing !== "hocuspocus")) messages.push(this.step1());
    if (resync) {
      messages.push(this.#state());
      // Hocuspocus' client would answer with everybody's states, and so take them for its own.
      if (extended && framing !== "hocuspocus") messages.push(encodeQueryAwareness());
    }
    if (messages.length > 0 && this.#presence.size > 0) messages.push(this.everybody());
    const gone = resync && this.#presence.encodeGone();
    if (gone) messages.push(encodeAwareness(gone));
    return messages;
  }

  /** Validates the state vector now, so that a bad one counts as this frame's; encodes after the whole batch. */
  toStep1(stateVector: Uint8Array, { options, answered }: Pick<Incoming, "options" | "answered">): Answer {
    checkStateVector(stateVector);
    const known = Y.decodeStateVector(stateVector);
    return () => {
      const isHocuspocus = options.framing === "hocuspocus";
      const messages: Uint8Array[] = [];
      if (!answered) {
        const whole = known.size === 0;
        messages.push(whole ? this.#state() : this.#frames.of(this.#wire.encodeDiff(stateVector), encodeStep2));
      }
      if (isHocuspocus) messages.unshift(this.step1());
      else if (!this.#type.serverStartSync) messages.push(this.step1());
      if (!isHocuspocus || this.#presence.size > 0) messages.push(this.everybody());
      return messages;
    };
  }

  /** Adds the messages to what is said to a connection; `joiner` is that of the batch. */
  give(
    { replies }: Outcome,
    connection: string,
    { framing }: ClientOptions,
    messages: Uint8Array[],
    joiner = new Joiner(),
  ): void {
    if (messages.length === 0) return;
    const single = this.#type.disablePipelining || framing === "hocuspocus";
    for (const [first, ...others] of single ? messages.map((message) => [message]) : [messages]) {
      const state = (first && this.#states.get(first)) ?? null;
      replies.push({ connection, frame: joiner.join(state || !first ? others : [first, ...others]), state });
    }
  }
}

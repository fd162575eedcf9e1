// What is said to many is one thing, recognized by the very same bytes in memory: it is made once, and travels to each
// server once (audience.ts).
import { joinMessages } from "#lib/frames.ts";

const EMPTY = new Uint8Array();

/** Whether both hold the very same frames, not copies of them. */
export function isSame(some: Uint8Array[], others: Uint8Array[]): boolean {
  return some.length === others.length && some.every((frame, index) => frame === others[index]);
}

/** The same frame for the same bytes, for as long as somebody keeps those. */
export class Frames {
  readonly #known = new WeakMap<Uint8Array, Uint8Array>();

  of(bytes: Uint8Array, encode: (bytes: Uint8Array) => Uint8Array): Uint8Array {
    const frame = this.#known.get(bytes) ?? encode(bytes);
    this.#known.set(bytes, frame);
    return frame;
  }
}

/** Joins messages to frames; the same messages become the same frame. For one batch: it keeps all that it made. */
export class Joiner {
  readonly #joined: { messages: Uint8Array[]; frame: Uint8Array }[] = [];

  join(messages: Uint8Array[]): Uint8Array {
    if (messages.length === 0) return EMPTY;
    const known = this.#joined.find((other) => isSame(other.messages, messages));
    if (known) return known.frame;
    const frame = joinMessages(messages);
    this.#joined.push({ messages, frame });
    return frame;
  }
}

// What one socket may have others do before it has shown who it is: how much waits for authentications, over all of its
// documents, and how often it may be refused. Each document waits for its own (document-line.ts).
import { LIMITS } from "#lib/protocol.ts";
import { RateLimit } from "../limits.ts";
import type { ClientMessage } from "./frames.ts";

/** Bytes that a frame takes up besides what is in it, about. */
const BESIDES = 100;

export class Anteroom {
  readonly #refusals = new RateLimit(LIMITS.refusalsPerSecond, LIMITS.refusalBurst);
  #bytes = 0;

  /** A frame is to wait; false if that is too much. */
  enter(message: ClientMessage): boolean {
    this.#bytes += weightOf(message);
    return this.#bytes <= LIMITS.unauthenticatedBytes;
  }

  /** They wait no longer. */
  leave(messages: ClientMessage[]): void {
    for (const message of messages) this.#bytes -= weightOf(message);
  }

  /** A document was refused; false if that happens too often. Each costs looking somebody up. */
  refuse(): boolean {
    return this.#refusals.take();
  }
}

function weightOf(message: ClientMessage): number {
  if ("body" in message) return BESIDES + message.body.length;
  return BESIDES + ("payload" in message ? message.payload.length : 0);
}

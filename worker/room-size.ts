// How large a room may become, and by how many. What it holds now is known only by encoding it, so that is done when what came since the
// last time may have made it too large, and rarely.
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { TooMuch } from "./taken.ts";

/** Below the limit by this much, so that a room at the limit is not encoded again for every letter. */
const SLACK = 0.95;

export class RoomSize {
  /** Of the document as one update, and of what came since that was known. */
  #bytes = 0;

  /** Throws TooMuch if somebody who never wrote here wants to, and too many did. */
  checkClients(known: ReadonlyMap<number, unknown>, clientsOf: () => Iterable<number>): void {
    if (known.size < LIMITS.roomClients) return;
    for (const client of clientsOf()) {
      if (!known.has(client)) {
        throw new TooMuch(CLOSE.tooLarge, `at most ${LIMITS.roomClients} clients may write in a document`);
      }
    }
  }

  add(updates: Uint8Array[]): void {
    for (const update of updates) this.#bytes += update.length;
  }

  /** Throws TooMuch if there is no room for more; `encode` answers the document as one update. */
  check(encode: () => Uint8Array): void {
    if (this.#bytes <= LIMITS.roomBytes) return;
    const { length } = encode();
    if (length > LIMITS.roomBytes * SLACK)
      throw new TooMuch(CLOSE.tooLarge, `a document has at most ${LIMITS.roomBytes} bytes`);
    this.#bytes = length;
  }
}

// The last state of each room that went through this server, for the next who joins: a worker then only names it
// (lib/messages.ts). Nothing depends on it: whoever is told of a state that is not here any more asks for all of it.
import { LIMITS } from "#lib/protocol.ts";

interface Kept {
  id: string;
  bytes: Uint8Array;
  /** ms of `now`. */
  used: number;
}

export class KeptStates {
  readonly #now: () => number;
  /** By room, the one that was not used for the longest time first. */
  #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Bytes of all that is kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Id of what is kept of a room. */
  idOf(room: string): string | null {
    return this.#kept.get(room)?.id ?? null;
  }

  /** Null if it is not here any more. */
  find(room: string, id: string): Uint8Array | null {
    const kept = this.#kept.get(room);
    if (kept?.id !== id) return null;
    this.#put(room, kept);
    return kept.bytes;
  }

  /** Takes the place of what was kept of this room, and of others if it has to. */
  keep(room: string, id: string, bytes: Uint8Array): void {
    if (bytes.length > LIMITS.keptStateBytes) return;
    // Views keep all of the memory that they look at.
    const own = bytes.buffer.byteLength > 2 * bytes.length ? new Uint8Array(bytes) : bytes;
    this.#put(room, { id, bytes: own, used: 0 });
    for (const [other] of this.#kept) {
      if (this.#bytes <= LIMITS.keptStateBytes) return;
      this.forget(other);
    }
  }

  forget(room: string): void {
    this.#bytes -= this.#kept.get(room)?.bytes.length ?? 0;
    this.#kept.delete(room);
  }

  /** Forgets what nobody asked for in a while. */
  sweep(): void {
    const oldest = this.#now() - LIMITS.keptStateTime;
    for (const [room, { used }] of this.#kept) {
      if (used >= oldest) return;
      this.forget(room);
    }
  }

  #put(room: string, kept: Kept): void {
    this.forget(room);
    kept.used = this.#now();
    this.#kept.set(room, kept);
    this.#bytes += kept.bytes.length;
  }
}

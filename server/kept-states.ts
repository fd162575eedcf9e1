// The last state of each room that went through this server, for the next who joins. As long as nothing was told of the
// room since, this server answers with it; after that a worker says what the state is now, or only names it if it
// is the same (lib/messages.ts). Nothing depends on it: whoever is told of a state that is not here any more asks for
// all of it.
import { tally } from "#lib/metrics.ts";
import { FRAME, LIMITS } from "#lib/protocol.ts";
import { roomTypeOf } from "#lib/room-types.ts";
import type { Admission } from "./admission.ts";
import { Outgoing } from "./outgoing.ts";

/** A frame that is step 1 of somebody who has nothing yet. */
const QUESTION = Uint8Array.of(FRAME.sync, 0, 1, 0);

interface Kept {
  id: string;
  bytes: Uint8Array;
  /** To one or many clients; null if it may not be all of the document any more. */
  answer: Outgoing | null;
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

  /** Null if it is not here any more. `lasts`: everything that is told of the room from now on is told here. */
  find(room: string, id: string, lasts: boolean): Uint8Array | null {
    const kept = this.#kept.get(room);
    if (kept?.id !== id) return null;
    if (lasts) kept.answer ??= answerWith(kept.bytes);
    this.#put(room, kept);
    return kept.bytes;
  }

  /** Everybody in a room is told this: with an edit in it, what is kept is not all any more. */
  told(room: string, payloads: Uint8Array[]): void {
    const kept = this.#kept.get(room);
    if (kept && payloads.some(([type]) => type !== FRAME.awareness)) kept.answer = null;
  }

  /** Something may have been told of these rooms that did not arrive here. */
  doubt(concerns: (room: string) => boolean): void {
    for (const [room, kept] of this.#kept) if (concerns(room)) kept.answer = null;
  }

  /**
   * What answers the first frame of a client: the whole state, if that is what it asks for in a frame of its own, and this
   * server has all that was told of the room.
   */
  answer({ room, options }: Admission, frame: Uint8Array): Outgoing | null {
    const kept = this.#kept.get(room);
    if (!kept?.answer || !QUESTION.every((byte, at) => frame[at] === byte) || frame.length !== QUESTION.length)
      return null;
    const { disablePipelining, protocolNamePrefix } = roomTypeOf(room);
    // Others expect more than the state in the same frame, or something before it, or each a name of their own.
    if (options.framing === "hocuspocus" || !disablePipelining || protocolNamePrefix) return null;
    this.#put(room, kept);
    tally.answered++;
    return kept.answer;
  }

  /** Takes the place of what was kept of this room, and of others if it has to. */
  keep(room: string, id: string, bytes: Uint8Array, lasts: boolean): void {
    if (bytes.length > LIMITS.keptStateBytes) return;
    // Views keep all of the memory that they look at.
    const own = bytes.buffer.byteLength > 2 * bytes.length ? new Uint8Array(bytes) : bytes;
    this.#put(room, { id, bytes: own, answer: lasts ? answerWith(own) : null, used: 0 });
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

function answerWith(bytes: Uint8Array): Outgoing {
  return new Outgoing([new Uint8Array()], { at: 0, bytes });
}

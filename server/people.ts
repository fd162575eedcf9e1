// The people who are connected to this server: how many connections each has, and how much each sends. While nothing
// waits everybody may send what a socket may (client-socket.ts); while much waits, on the way to Redis or to the database,
// there is only so much for each, so that those who send the most are the ones who are refused.
import { LIMITS } from "#lib/protocol.ts";
import { RateLimit } from "./limits.ts";

/** Of what may wait: from here on each person has a share only. */
const MUCH = 0.5;

interface Person {
  connections: number;
  share: RateLimit;
}

export class People {
  #byId = new Map<string, Person>();

  connections(id: string): number {
    return this.#byId.get(id)?.connections ?? 0;
  }

  /** Somebody connected once more. */
  join(id: string): void {
    const person = this.#byId.get(id);
    if (person) person.connections++;
    else this.#byId.set(id, { connections: 1, share: new RateLimit(LIMITS.shareBytesPerSecond, LIMITS.shareBytes) });
  }

  part(id: string): void {
    const person = this.#byId.get(id);
    if (person && --person.connections === 0) this.#byId.delete(id);
  }

  /**
   * Why this person may not send so many bytes while the way has this `pressure` (ServerLink), or null. To be asked for
   * everything that is sent, since it counts.
   */
  refusal(id: string, bytes: number, pressure: number): string | null {
    const isModest = this.#byId.get(id)?.share.take(bytes) ?? true;
    if (pressure >= 1) return "too much waits to be stored";
    return pressure >= MUCH && !isModest ? "much waits to be stored, and most of it is not for one person" : null;
  }
}

// Lets what comes for a busy room wait for company, because a few ms are nothing to anybody. In a crowd each broadcast
// costs a write to every socket, so updates that leave together cost much less. In a large document each answer to
// somebody who joins is the whole of it, and those who join together share one: a hundred who each got their own would
// keep Redis busy for seconds. Small rooms, and the first message after a pause, never wait.
import { broadcastPause } from "#lib/broadcast-pause.ts";
import type { Item } from "./room-host.ts";

/** Bytes of an answer after which the next one may follow in a ms, and the longest pause between two, ms. */
const ANSWER_PER_MS = 32 * 1024;
const LONGEST_AFTER_ANSWER = 30;

export class Intake {
  readonly #take: (items: Item[]) => void;
  readonly #connections: () => number;
  #waiting: Item[] | null = null;
  #last = Number.NEGATIVE_INFINITY;
  #restUntil = Number.NEGATIVE_INFINITY;

  /** `take` gets everything in the order it came; `connections` says how many there are now. */
  constructor(take: (items: Item[]) => void, connections: () => number) {
    this.#take = take;
    this.#connections = connections;
  }

  add(items: Item[]): void {
    if (this.#waiting) {
      for (const item of items) this.#waiting.push(item);
      return;
    }
    const pause = broadcastPause(this.#connections());
    const now = performance.now();
    const wait = Math.max(pause === 0 ? 0 : this.#last + pause - now, this.#restUntil - now);
    if (wait <= 0) {
      this.#handOver(items);
      return;
    }
    this.#waiting = [...items];
    setTimeout(() => this.flush(), wait);
  }

  /** Something waits to be handed over. */
  get isWaiting(): boolean {
    return this.#waiting !== null;
  }

  /** An answer of so many bytes went out just now: what comes next waits for others that want the same. */
  answered(bytes: number): void {
    const rest = Math.min(LONGEST_AFTER_ANSWER, Math.floor(bytes / ANSWER_PER_MS));
    if (rest > 0) this.#restUntil = performance.now() + rest;
  }

  /** Hands over what waits, at once. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) this.#handOver(waiting);
  }

  #handOver(items: Item[]): void {
    this.#last = performance.now();
    this.#take(items);
  }
}

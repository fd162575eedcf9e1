// Lets what comes for a busy, crowded room wait for company: each broadcast costs a write to every socket, so updates
// that leave together cost a crowd much less, and a few ms are nothing to anybody. Small rooms and the first message
// after a pause never wait.
import type { Item } from "./room-host.ts";

/** Connections for which a broadcast may take place every ms, and the longest pause between two, ms. */
const CONNECTIONS_PER_MS = 25;
const LONGEST = 8;

export class Intake {
  readonly #take: (items: Item[]) => void;
  readonly #connections: () => number;
  #waiting: Item[] | null = null;
  #last = Number.NEGATIVE_INFINITY;

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
    const pause = Math.min(LONGEST, Math.floor(this.#connections() / CONNECTIONS_PER_MS));
    const wait = this.#last + pause - performance.now();
    if (pause === 0 || wait <= 0) {
      this.#handOver(items);
      return;
    }
    this.#waiting = [...items];
    setTimeout(() => this.flush(), wait);
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

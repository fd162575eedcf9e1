// Joins what is written to a socket in one turn of the event loop: a delivery often holds several messages for the same
// client, and a system call for each is what sending costs most.
import type { Writable } from "node:stream";

export class Corks {
  #corked = new Set<Writable>();

  /** What is written to it from now on leaves at the end of this turn, in order. */
  cork(wire: Writable): void {
    if (this.#corked.has(wire)) return;
    if (this.#corked.size === 0) process.nextTick(() => this.#uncork());
    this.#corked.add(wire);
    wire.cork();
  }

  #uncork(): void {
    const wires = this.#corked;
    this.#corked = new Set();
    for (const wire of wires) wire.uncork();
  }
}

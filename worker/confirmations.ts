// What commits settled in one turn of the event loop, over all rooms of a worker: each server is told once.
import type { ServerMessage } from "#lib/messages.ts";

export class Confirmations {
  readonly #deliver: (server: string, message: ServerMessage) => void;
  /** By server and connection. */
  #settled = new Map<string, Map<number, number>>();

  constructor(deliver: (server: string, message: ServerMessage) => void) {
    this.#deliver = deliver;
  }

  /** The first `sequence` frames of a connection are committed. */
  add(server: string, connection: number, sequence: number): void {
    const frames = this.#settled.get(server);
    if (frames) {
      frames.set(connection, sequence);
      return;
    }
    if (this.#settled.size === 0) queueMicrotask(() => this.#flush());
    this.#settled.set(server, new Map([[connection, sequence]]));
  }

  #flush(): void {
    const settled = this.#settled;
    this.#settled = new Map();
    for (const [server, frames] of settled) this.#deliver(server, { type: "saved", frames: [...frames] });
  }
}

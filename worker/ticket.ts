// Counts what is still to be committed of one log entry; when nothing is, the entry is acknowledged. An entry may
// hold messages of many rooms, and each room commits at its own time.
import type { LogEntry } from "#lib/messages.ts";

export class Ticket {
  readonly partition: number;
  readonly id: string;
  /** Size of the entry's payloads in bytes, for the bound on what a worker holds. */
  readonly bytes: number;
  #open: number;
  readonly #onDone: (ticket: Ticket) => void;

  constructor(entry: LogEntry, onDone: (ticket: Ticket) => void) {
    this.partition = entry.partition;
    this.id = entry.id;
    this.#open = entry.messages.length;
    this.#onDone = onDone;
    let bytes = 0;
    for (const message of entry.messages) bytes += message.type === "receive" ? message.payload.length : 100;
    this.bytes = bytes;
  }

  /** One message of the entry is done: it changed nothing, or what it changed is committed. */
  release(): void {
    if (--this.#open === 0) this.#onDone(this);
  }
}

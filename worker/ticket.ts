// Counts what is still to be committed of one log entry; when nothing is, the entry is acknowledged. An entry may
// hold messages of many rooms, and each room commits at its own time.
import type { LogEntry, RoomMessage } from "#lib/messages.ts";

/** Says that one message is done: it changed nothing, or what it changed is committed. Further calls do nothing. */
export type Release = () => void;

export class Ticket {
  readonly id: string;
  /** Size of the entry's payloads in bytes, for the bound on what a worker holds. */
  readonly bytes: number;
  #open: number;
  readonly #onDone: (ticket: Ticket) => void;

  /** `onDone` is called once, after every message of the entry was released. */
  constructor(entry: LogEntry, onDone: (ticket: Ticket) => void) {
    this.id = entry.id;
    this.#open = entry.messages.length;
    this.#onDone = onDone;
    let bytes = 0;
    for (const message of entry.messages) bytes += sizeOf(message);
    this.bytes = bytes;
  }

  /** The release of one message; take exactly one for each. */
  stub(): Release {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      if (--this.#open === 0) this.#onDone(this);
    };
  }
}

/** What is small counts as if it had some weight, so that very many of it are bounded as well. */
function sizeOf(message: RoomMessage): number {
  if (message.type === "receive") return message.payload.length;
  return message.type === "request" ? 100 + message.bytes.length : 100;
}

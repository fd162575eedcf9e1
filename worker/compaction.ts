// Counts the log rows of a room since its snapshot, and writes a new one. Never needed for safety: the log keeps
// everything, so a failure is only logged. When to write one is decided in live-room.ts.
import type { Log } from "#lib/log.ts";
import type { Fence, Storage } from "./storage/storage.ts";

export class Compaction {
  readonly #room: string;
  readonly #storage: Storage;
  readonly #fence: Fence;
  readonly #log: Log;
  #upTo = 0n;
  #rows = 0;
  #running = false;

  constructor(room: string, storage: Storage, fence: Fence, log: Log) {
    this.#room = room;
    this.#storage = storage;
    this.#fence = fence;
    this.#log = log;
  }

  /** Rows that follow the snapshot. */
  get rows(): number {
    return this.#rows;
  }

  /** `rows` more are in the log, the last of them with id `upTo`. */
  count(rows: number, upTo: bigint): void {
    this.#rows += rows;
    this.#upTo = upTo;
  }

  /** `state` holds every row that was counted. */
  async run(state: () => Uint8Array): Promise<void> {
    if (this.#running || this.#rows === 0) return;
    this.#running = true;
    const rows = this.#rows;
    try {
      if (await this.#storage.compact(this.#room, state(), this.#upTo, this.#fence)) this.#rows -= rows;
      else this.#log.warn({ room: this.#room }, "snapshot refused: another worker owns the room");
    } catch (error) {
      this.#log.error({ err: error, room: this.#room }, "snapshot failed; the log keeps everything");
    } finally {
      this.#running = false;
    }
  }
}

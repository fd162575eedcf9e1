// Counts the log rows of a room since its snapshot, and writes a new one. Never needed for safety: the log keeps
// everything, so a failure is only logged. When to write one is decided in live-room.ts.
import type { Log } from "#lib/log.ts";
import type { Fence, Storage, StoredRoom } from "./storage/storage.ts";

/** Bytes of snapshot that one row of the log may cost: a large document is written anew less often. */
const BYTES_PER_ROW = 100;
/** However large the document: times as many rows as usual; each is read when the room is loaded. */
const LONGEST = 10;
/** Rows, as a share of the usual, until another attempt after one that failed. */
const AGAIN = 0.1;

export class Compaction {
  readonly #room: string;
  readonly #storage: Storage;
  readonly #fence: Fence;
  readonly #log: Log;
  #upTo = 0n;
  #rows = 0;
  #bytes = 0;
  /** Size of the snapshot. */
  #snapshot = 0;
  /** Rows there were when the last attempt failed. */
  #failedAt = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | null = null;

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

  /** Of the snapshot and the rows behind it. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether the log is long enough; `usual` is the room type's `compactAfter`. Half of it will do before an unload. */
  isDue(usual: number, unloading = false): boolean {
    const due = Math.min(usual * LONGEST, Math.max(usual, this.#snapshot / BYTES_PER_ROW));
    if (!unloading && this.#rows < this.#failedAt + usual * AGAIN) return false;
    return this.#rows >= (unloading ? due / 2 : due);
  }

  /** What was in the database when the room was loaded. */
  found({ snapshot, updates, upTo }: StoredRoom): void {
    this.#snapshot = snapshot?.length ?? 0;
    const bytes = updates.reduce((sum, update) => sum + update.length, this.#snapshot);
    this.count(updates.length, bytes, upTo);
  }

  /** `rows` more are in the log, the last of them with id `upTo`. */
  count(rows: number, bytes: number, upTo: bigint): void {
    this.#rows += rows;
    this.#bytes += bytes;
    this.#upTo = upTo;
  }

  /** Resolves when no snapshot is being written. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** `state` holds every row that was counted. One run at a time: a second call waits for the first. */
  async run(state: () => Uint8Array): Promise<void> {
    if (!this.#running && this.#rows > 0) {
      this.#running = this.#write(state).finally(() => {
        this.#running = null;
      });
    }
    await this.#running;
  }

  async #write(state: () => Uint8Array): Promise<void> {
    const { rows, bytes } = this;
    try {
      const snapshot = state();
      if (await this.#storage.compact(this.#room, snapshot, this.#upTo, this.#fence)) {
        this.#rows -= rows;
        this.#bytes += snapshot.length - bytes;
        this.#snapshot = snapshot.length;
        this.#failedAt = Number.NEGATIVE_INFINITY;
      } else this.#log.warn({ room: this.#room }, "snapshot refused: another worker owns the room");
    } catch (error) {
      this.#failedAt = rows;
      this.#log.error({ err: error, room: this.#room }, "snapshot failed; the log keeps everything");
    }
  }
}

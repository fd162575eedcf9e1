// Reads the log of the in-process layer (memory.ts) for one worker.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Log } from "#lib/log.ts";
import type { LogEntry } from "#lib/messages.ts";
import type { WorkerHandlers } from "./channel-layer.ts";

/** Entries of one partition that are not acknowledged, in order, and who reads them. */
export interface PartitionLog {
  entries: Map<string, LogEntry>;
  readers: Set<Reader>;
}

interface Reader {
  push(entry: LogEntry): void;
}

/** Most entries that one read returns, over all partitions. */
const READ_COUNT = 512;

/** Reads the open partitions of one worker: one read at a time, the next one after the last was taken. */
export class MemoryReader {
  readonly #handlers: WorkerHandlers;
  readonly #log: Log;
  #open = new Map<number, { log: PartitionLog; reader: Reader; queue: LogEntry[] }>();
  #reading = false;
  #closed = false;

  constructor(handlers: WorkerHandlers, log: Log) {
    this.#handlers = handlers;
    this.#log = log;
  }

  open(partition: number, log: PartitionLog): void {
    if (this.#closed || this.#open.has(partition)) return;
    const queue = [...log.entries.values()];
    const reader: Reader = {
      push: (entry) => {
        queue.push(entry);
        this.#wake();
      },
    };
    log.readers.add(reader);
    this.#open.set(partition, { log, reader, queue });
    this.#wake();
  }

  shut(partition: number): void {
    const open = this.#open.get(partition);
    open?.log.readers.delete(open.reader);
    this.#open.delete(partition);
  }

  close(): void {
    this.#closed = true;
    for (const partition of [...this.#open.keys()]) this.shut(partition);
  }

  #wake(): void {
    if (this.#reading) return;
    this.#reading = true;
    setImmediate(() => void this.#read());
  }

  async #read(): Promise<void> {
    for (let entries = this.#next(); entries.length > 0; entries = this.#next()) {
      try {
        await this.#handlers.onEntries(entries);
      } catch (error) {
        this.#log.error({ err: error }, "onEntries failed; its entries stay in the log");
      }
      // A long backlog must not keep the sockets of this process waiting.
      await nextTurn();
    }
    this.#reading = false;
  }

  #next(): LogEntry[] {
    const entries: LogEntry[] = [];
    const share = Math.ceil(READ_COUNT / this.#open.size);
    for (const { log, queue } of this.#open.values()) {
      // Somebody else may have acknowledged an entry since it was queued.
      let found: LogEntry[] = [];
      while (queue.length > 0 && found.length === 0) {
        found = queue.splice(0, share).filter((entry) => log.entries.has(entry.id));
      }
      entries.push(...found);
    }
    return entries;
  }
}

// The readers of a worker: a single Redis is read by one command over all open partitions; a Redis Cluster refuses
// commands over keys of several slots, even on one node, so that each partition there has a reader of its own.
import type { WorkerHandlers } from "./channel-layer.ts";
import { RedisReader } from "./redis-reader.ts";
import type { RedisShared } from "./redis-shared.ts";

export class RedisReaders {
  readonly #create: (partition: number) => RedisReader;
  /** Of all partitions; null in a cluster. */
  readonly #one: RedisReader | null;
  #byPartition = new Map<number, RedisReader>();

  constructor(channel: string, handlers: WorkerHandlers, shared: RedisShared) {
    this.#one = shared.nodes.cluster ? null : new RedisReader(channel, handlers, shared);
    this.#create = (partition) => new RedisReader(channel, handlers, shared, shared.keys.log(channel, partition));
  }

  get ready(): Promise<void> {
    return this.#one?.ready ?? Promise.resolve();
  }

  open(partition: number): void {
    let reader = this.#one ?? this.#byPartition.get(partition);
    if (!reader) {
      reader = this.#create(partition);
      this.#byPartition.set(partition, reader);
    }
    reader.open(partition);
  }

  shut(partition: number): void {
    this.#one?.shut(partition);
    this.#byPartition.get(partition)?.close();
    this.#byPartition.delete(partition);
  }

  /** These are out of the log. */
  forget(partition: number, ids: string[]): void {
    (this.#one ?? this.#byPartition.get(partition))?.forget(partition, ids);
  }

  close(): void {
    this.#one?.close();
    for (const reader of this.#byPartition.values()) reader.close();
  }
}

// A worker's end of the Redis layer: leases and beats on the shared connection, deliveries and acknowledgements on
// one of their own, reading on a third (redis-reader.ts).
import { encodeServerMessages } from "#lib/message-codec.ts";
import type { ServerMessage } from "#lib/messages.ts";
import type { WorkerHandlers, WorkerLink } from "./channel-layer.ts";
import { chunks } from "./chunks.ts";
import { RedisConnection } from "./redis-connection.ts";
import { addDelivery } from "./redis-parcels.ts";
import { RedisReader } from "./redis-reader.ts";
import { beat, releaseLease, takeLease } from "./redis-scripts.ts";
import type { RedisShared } from "./redis-shared.ts";
import { TurnBatch } from "./turn-batch.ts";

/** Ids in one XDEL. */
const IDS = 1_000;
/** ms between two gaps that are reported because Redis refuses deliveries. */
const GAP_PAUSE = 1_000;

export class RedisWorkerLink implements WorkerLink {
  readonly #id: string;
  readonly #channel: string;
  readonly #handlers: WorkerHandlers;
  readonly #shared: RedisShared;
  readonly #outbox: RedisConnection;
  readonly #reader: RedisReader;
  readonly #deliveries = new TurnBatch<string, ServerMessage>((batch) => this.#publish(batch));
  readonly #acknowledgements = new TurnBatch<number, string>((batch) => this.#delete(batch));
  /** Acknowledged while Redis was away. */
  #unsent: [partition: number, ids: string[]][] = [];
  #sending = new Set<Promise<void>>();
  #gapTimer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(id: string, channel: string, handlers: WorkerHandlers, shared: RedisShared) {
    this.#id = id;
    this.#channel = channel;
    this.#handlers = handlers;
    this.#shared = shared;
    this.#outbox = new RedisConnection({
      url: shared.url,
      health: shared.health,
      role: "outbox",
      onReady: async (again) => {
        for (const [partition, ids] of this.#unsent.splice(0)) this.acknowledge(partition, ids);
        if (again) this.#gap();
        else await this.#warn();
      },
    });
    this.#reader = new RedisReader(channel, handlers, shared);
  }

  async start(): Promise<void> {
    await Promise.all([this.#shared.control.ready, this.#outbox.ready, this.#reader.ready]);
  }

  beat(): Promise<string[]> {
    const { control, keys, leaseTtl } = this.#shared;
    return beat(control.redis, keys.workers(this.#channel), leaseTtl, this.#id);
  }

  lease(partition: number): Promise<boolean> {
    const { control, keys, leaseTtl } = this.#shared;
    return takeLease(control.redis, keys.lease(this.#channel, partition), this.#id, leaseTtl);
  }

  async release(partition: number): Promise<void> {
    // The next owner shall not replay what is acknowledged.
    this.#acknowledgements.flush();
    await Promise.all(this.#sending);
    const { control, keys } = this.#shared;
    await releaseLease(control.redis, keys.lease(this.#channel, partition), this.#id);
  }

  open(partition: number): void {
    if (!this.#closed) this.#reader.open(partition);
  }

  shut(partition: number): void {
    this.#reader.shut(partition);
  }

  acknowledge(partition: number, ids: string[]): void {
    if (!this.#closed) for (const id of ids) this.#acknowledgements.add(partition, id);
  }

  deliver(server: string, messages: ServerMessage[]): void {
    if (!this.#closed) for (const message of messages) this.#deliveries.add(server, message);
  }

  servers(): Promise<string[]> {
    const { control, keys, serverTtl } = this.#shared;
    return beat(control.redis, keys.servers, serverTtl, "");
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#reader.close();
    this.#deliveries.flush();
    this.#acknowledgements.flush();
    this.#closed = true;
    if (this.#gapTimer) clearTimeout(this.#gapTimer);
    await Promise.all(this.#sending);
    this.#outbox.close();
    const { control, keys } = this.#shared;
    if (control.up) await control.redis.zrem(keys.workers(this.#channel), this.#id).catch(() => {});
  }

  #publish(batch: Map<string, ServerMessage[]>): void {
    // The gap is reported when the connection is back.
    if (!this.#outbox.up) return;
    const pipeline = this.#outbox.redis.pipeline();
    try {
      for (const [server, messages] of batch) {
        for (const piece of chunks(messages)) {
          addDelivery(pipeline, this.#shared.keys, server, encodeServerMessages(piece));
        }
      }
    } catch (error) {
      this.#refused(error);
      return;
    }
    this.#track(this.#outbox.execute(pipeline), (error) => this.#refused(error));
  }

  #delete(batch: Map<number, string[]>): void {
    if (!this.#outbox.up) {
      this.#unsent.push(...batch);
      return;
    }
    const pipeline = this.#outbox.redis.pipeline();
    for (const [partition, ids] of batch) {
      const key = this.#shared.keys.log(this.#channel, partition);
      for (let start = 0; start < ids.length; start += IDS) pipeline.xdel(key, ...ids.slice(start, start + IDS));
    }
    const deleted = this.#outbox.execute(pipeline).then(() => {
      for (const [partition, ids] of batch) this.#reader.forget(partition, ids);
    });
    this.#track(deleted, (error) => {
      if (this.#outbox.up) this.#shared.log.error({ err: error }, "acknowledging log entries failed");
      this.#unsent.push(...batch);
    });
  }

  #track(work: Promise<void>, onError: (error: unknown) => void): void {
    const tracked = work.catch(onError).finally(() => this.#sending.delete(tracked));
    this.#sending.add(tracked);
  }

  /** Redis answered with an error, or did not answer before the connection was lost. */
  #refused(error: unknown): void {
    if (!this.#outbox.up || this.#gapTimer || this.#closed) return;
    this.#shared.log.error({ err: error }, "delivering messages to servers failed");
    this.#gapTimer = setTimeout(() => {
      this.#gapTimer = null;
      this.#gap();
    }, GAP_PAUSE);
  }

  #gap(): void {
    if (this.#closed) return;
    try {
      this.#handlers.onGap();
    } catch (error) {
      this.#shared.log.error({ err: error }, "onGap failed");
    }
  }

  /** Settings of Redis under which it may forget what it accepted. */
  async #warn(): Promise<void> {
    const info = await this.#outbox.info();
    if (info.aof_enabled === "0") {
      this.#shared.log.warn("Redis keeps no append-only file: a crash of it can lose edits of the last moments");
    }
    if (info.maxmemory_policy?.startsWith("allkeys")) {
      this.#shared.log.warn(
        { policy: info.maxmemory_policy },
        "Redis may evict edits: set maxmemory-policy noeviction",
      );
    }
  }
}

// A worker's end of the Redis layer: leases and beats on the shared connection, deliveries and acknowledgements on
// one of their own, reading on a third (redis-reader.ts). In a cluster each of them is one per node; deliveries go over
// one node as long as it lives, since they are to arrive in order.
import { encodeServerMessages } from "#lib/message-codec.ts";
import type { LogEntry, ServerMessage } from "#lib/messages.ts";
import type { WorkerHandlers, WorkerLink } from "./channel-layer.ts";
import { encodeChunks, weightOf } from "./chunks.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { LARGE } from "./redis-large-command.ts";
import { type Delivery, publish } from "./redis-parcels.ts";
import { RedisPool } from "./redis-pool.ts";
import { RedisReaders } from "./redis-readers.ts";
import { addAcknowledgement, beat, releaseLease, takeLease } from "./redis-scripts.ts";
import type { RedisShared } from "./redis-shared.ts";
import { redirectOf } from "./redis-slot.ts";
import { TurnBatch } from "./turn-batch.ts";

/** Ids in one command. */
const IDS = 1_000;
/** ms between two gaps that are reported because Redis refuses deliveries. */
const GAP_PAUSE = 1_000;

export class RedisWorkerLink implements WorkerLink {
  readonly #id: string;
  readonly #channel: string;
  readonly #handlers: WorkerHandlers;
  readonly #shared: RedisShared;
  readonly #outbox: RedisPool;
  readonly #readers: RedisReaders;
  readonly #deliveries = new TurnBatch<string, ServerMessage>((batch) => this.#publish(batch));
  readonly #acknowledgements = new TurnBatch<number, string>((batch) => this.#delete(batch));
  /** Acknowledged while Redis was away. */
  #unsent: [partition: number, ids: string[]][] = [];
  /** The way to servers that is used now. */
  #lane: { name: string; connection: RedisConnection } | null = null;
  #sending = new Set<Promise<void>>();
  #gapTimer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(id: string, channel: string, handlers: WorkerHandlers, shared: RedisShared) {
    this.#id = id;
    this.#channel = channel;
    this.#handlers = handlers;
    this.#shared = shared;
    this.#outbox = new RedisPool({
      nodes: shared.nodes,
      health: shared.health,
      role: "outbox",
      onReady: async (connection, again) => {
        this.#resend();
        if (again && (!shared.nodes.cluster || this.#lane?.connection === connection)) this.#gap();
        if (!again) await this.#warn(connection);
      },
    });
    const onEntries = async (entries: LogEntry[]) => {
      await handlers.onEntries(entries);
      // Before the next read is asked for, which those who wait for an answer need not wait for.
      this.#deliveries.flush();
    };
    this.#readers = new RedisReaders(channel, { ...handlers, onEntries }, shared);
  }

  async start(): Promise<void> {
    await Promise.all([this.#shared.control.ready, this.#outbox.ready, this.#readers.ready]);
  }

  async beat(): Promise<string[]> {
    const { control, keys, leaseTtl } = this.#shared;
    this.#resend();
    return (await beat(control, keys.workers(this.#channel), leaseTtl, this.#id)).alive;
  }

  async leave(): Promise<void> {
    const { control, keys } = this.#shared;
    const workers = keys.workers(this.#channel);
    await control.run(workers, (redis) => redis.zrem(workers, this.#id));
  }

  lease(partition: number): Promise<boolean> {
    const { control, keys, leaseTtl } = this.#shared;
    return takeLease(control, keys.lease(this.#channel, partition), this.#id, leaseTtl);
  }

  async release(partition: number): Promise<void> {
    // The next owner shall not replay what is acknowledged.
    this.#acknowledgements.flush();
    await Promise.all(this.#sending);
    const { control, keys } = this.#shared;
    await releaseLease(control, keys.lease(this.#channel, partition), this.#id);
  }

  open(partition: number): void {
    if (!this.#closed) this.#readers.open(partition);
  }

  shut(partition: number): void {
    this.#readers.shut(partition);
  }

  acknowledge(partition: number, ids: string[]): void {
    if (!this.#closed) for (const id of ids) this.#acknowledgements.add(partition, id);
  }

  deliver(server: string, messages: ServerMessage[]): void {
    if (this.#closed) return;
    for (const message of messages) this.#deliveries.add(server, message);
    // Somebody waits for a large one, and for what it costs company is nothing.
    if (messages.some((message) => weightOf(message) > LARGE)) this.#deliveries.flush();
  }

  async servers(): Promise<string[]> {
    const { control, keys, serverTtl } = this.#shared;
    return (await beat(control, keys.servers, serverTtl, "")).alive;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#readers.close();
    this.#deliveries.flush();
    this.#acknowledgements.flush();
    this.#closed = true;
    if (this.#gapTimer) clearTimeout(this.#gapTimer);
    await Promise.all(this.#sending);
    this.#outbox.close();
    if (this.#shared.control.up) await this.leave().catch(() => {});
  }

  #publish(batch: Map<string, ServerMessage[]>): void {
    const lane = this.#way();
    // The gap is reported when a connection is back.
    if (!lane) return;
    const onBad = (error: unknown) => this.#shared.log.error({ err: error }, "a message cannot be written");
    const deliveries: Delivery[] = [...batch].flatMap(([server, messages]) =>
      encodeChunks(messages, encodeServerMessages, onBad).map((pieces) => ({ server, pieces })),
    );
    const published = publish(lane.connection, this.#shared.keys, lane.name, deliveries);
    this.#track(published, (error) => this.#refused(error));
  }

  /** A lane on a node that is up; the one used last, if it still is there. Null: none, and a gap follows. */
  #way(): { name: string; connection: RedisConnection } | null {
    const { keys, nodes } = this.#shared;
    const last = this.#lane;
    if (last?.connection.up && this.#outbox.of(keys.announce(last.name)) === last.connection) return last;
    this.#lane = null;
    for (const name of keys.lanes) {
      const connection = this.#outbox.of(keys.announce(name));
      if (!connection?.up) continue;
      this.#lane = { name, connection };
      break;
    }
    // What was under way on the other node may not have arrived; with a single node its return says so.
    if (nodes.cluster && (last || !this.#lane)) this.#gapSoon();
    return this.#lane;
  }

  #resend(): void {
    for (const [partition, ids] of this.#unsent.splice(0)) this.acknowledge(partition, ids);
  }

  #delete(batch: Map<number, string[]>): void {
    for (const [connection, part] of this.#byNode(batch)) {
      const pipeline = connection.redis.pipeline();
      for (const [partition, ids] of part) {
        const { keys } = this.#shared;
        const [log, lease] = [keys.log(this.#channel, partition), keys.lease(this.#channel, partition)];
        for (let start = 0; start < ids.length; start += IDS) {
          addAcknowledgement(pipeline, log, lease, this.#id, ids.slice(start, start + IDS));
        }
      }
      const deleted = connection.execute(pipeline).then(() => {
        for (const [partition, ids] of part) this.#readers.forget(partition, ids);
      });
      this.#track(deleted, (error) => {
        const redirect = redirectOf(error);
        if (redirect) this.#shared.nodes.learn(redirect, connection.url);
        else if (connection.up) this.#shared.log.error({ err: error }, "acknowledging log entries failed");
        this.#unsent.push(...part);
      });
    }
  }

  /** Puts aside what no node can take now. */
  #byNode(batch: Map<number, string[]>): Map<RedisConnection, [partition: number, ids: string[]][]> {
    const byNode = new Map<RedisConnection, [number, string[]][]>();
    for (const item of batch) {
      const connection = this.#outbox.of(this.#shared.keys.log(this.#channel, item[0]));
      if (!connection?.up) this.#unsent.push(item);
      else if (byNode.has(connection)) byNode.get(connection)?.push(item);
      else byNode.set(connection, [item]);
    }
    return byNode;
  }

  #track(work: Promise<void>, onError: (error: unknown) => void): void {
    const tracked = work.catch(onError).finally(() => this.#sending.delete(tracked));
    this.#sending.add(tracked);
  }

  /** Redis answered with an error, or did not answer before the connection was lost. */
  #refused(error: unknown): void {
    const { nodes, log } = this.#shared;
    const redirect = nodes.cluster && this.#lane ? redirectOf(error) : null;
    if (redirect && this.#lane) nodes.learn(redirect, this.#lane.connection.url);
    else if (this.#outbox.up && !this.#gapTimer && !this.#closed) {
      log.error({ err: error }, "delivering messages to servers failed");
    }
    if (this.#outbox.up) this.#gapSoon();
  }

  #gapSoon(): void {
    if (this.#gapTimer || this.#closed) return;
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
  async #warn(connection: RedisConnection): Promise<void> {
    const info = await connection.info();
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

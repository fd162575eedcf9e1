// The channel layer of servers and workers that are processes of their own. Towards workers a Redis Stream per
// partition, which holds exactly what is not committed and is never trimmed; towards servers pub/sub. The two ends
// are in redis-server-link.ts and redis-worker-link.ts. Works with Redis 6.2 and later, and with Valkey.
import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "#lib/log.ts";
import { encodeAnnouncement } from "#lib/message-codec.ts";
import type { Announcement, Member } from "#lib/messages.ts";
import { PARTITIONS } from "#lib/partition.ts";
import { parseRedisUrl } from "#lib/redis-url.ts";
import {
  type ChannelLayer,
  LEASE_TTL,
  SERVER_TTL,
  type ServerHandlers,
  type ServerLink,
  type WorkerHandlers,
  type WorkerLink,
} from "./channel-layer.ts";
import { RedisHealth } from "./redis-connection.ts";
import { redisKeys } from "./redis-keys.ts";
import { ClusterNodes, singleNode } from "./redis-nodes.ts";
import { RedisPool } from "./redis-pool.ts";
import { readPresence } from "./redis-presence.ts";
import { beat } from "./redis-scripts.ts";
import { RedisServerLink } from "./redis-server-link.ts";
import type { RedisShared } from "./redis-shared.ts";
import { RedisWorkerLink } from "./redis-worker-link.ts";

export interface RedisOptions {
  /** REDIS_URL (lib/redis-url.ts): one Redis, or nodes of a cluster. */
  url: string;
  log: Log;
  /** Of every key and pub/sub channel. */
  prefix?: string;
  /** ms; for tests. */
  leaseTtl?: number;
  serverTtl?: number;
}

/** ms until a small command counts as failed. */
const COMMAND_TIMEOUT = 1_500;
/** ms that a call waits for the first connection. */
const FIRST_CONNECTION = 1_500;

export class RedisChannelLayer implements ChannelLayer {
  readonly name = "redis";
  readonly outlives = true;
  async drain(): Promise<void> {}
  readonly #shared: RedisShared;
  #links = new Set<ServerLink | WorkerLink>();

  constructor({ url, log, prefix = "yroom", leaseTtl = LEASE_TTL, serverTtl = SERVER_TTL }: RedisOptions) {
    const target = parseRedisUrl(url);
    if (!target) throw new Error("Not the address of a Redis.");
    const { cluster, urls } = target;
    const nodes = cluster ? new ClusterNodes(urls, log) : singleNode(urls[0] as string);
    const health = new RedisHealth(log);
    const control = new RedisPool({ nodes, health, role: "control", commandTimeout: COMMAND_TIMEOUT });
    this.#shared = { nodes, log, keys: redisKeys(prefix, cluster), health, control, leaseTtl, serverTtl };
  }

  async server(id: string, handlers: ServerHandlers): Promise<ServerLink> {
    const link = new RedisServerLink(id, handlers, this.#shared);
    this.#links.add(link);
    await link.start();
    return link;
  }

  async worker(id: string, channel: string, handlers: WorkerHandlers): Promise<WorkerLink> {
    const link = new RedisWorkerLink(id, channel, handlers, this.#shared);
    this.#links.add(link);
    await link.start();
    return link;
  }

  async announce(announcement: Announcement): Promise<void> {
    const control = await this.#control();
    const bytes = Buffer.from(encodeAnnouncement(announcement));
    const { keys, nodes } = this.#shared;
    const lane = keys.lanes.find((name) => control.of(keys.announce(name))?.up) ?? (keys.lanes[0] as string);
    const channel = keys.announce(lane);
    await control.run(channel, (redis) =>
      nodes.cluster ? redis.spublish(channel, bytes) : redis.publish(channel, bytes),
    );
  }

  async presence(rooms: string[]): Promise<Map<string, Member[]>> {
    const control = await this.#control();
    const { keys, serverTtl } = this.#shared;
    const { alive } = await beat(control, keys.servers, serverTtl, "");
    return readPresence(control, alive.map(keys.presence), rooms);
  }

  async backlog(channel: string): Promise<number[]> {
    const control = await this.#control();
    const all = Array.from({ length: PARTITIONS }, (_, partition) => this.#shared.keys.log(channel, partition));
    return Promise.all(all.map((key) => control.run(key, (redis) => redis.xlen(key))));
  }

  async ping(): Promise<void> {
    const control = await this.#control();
    await control
      .all()
      .find((connection) => connection.up)
      ?.redis.ping();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#links].map((link) => link.close()));
    this.#shared.control.close();
    this.#shared.nodes.close();
  }

  /** Waits for a connection only while there was none yet. */
  async #control(): Promise<RedisPool> {
    const { control } = this.#shared;
    const giveUp = new AbortController();
    try {
      await Promise.race([control.ready, pause(FIRST_CONNECTION, undefined, { signal: giveUp.signal })]);
    } finally {
      giveUp.abort();
    }
    if (!control.up) throw new Error("Redis is away.");
    return control;
  }
}

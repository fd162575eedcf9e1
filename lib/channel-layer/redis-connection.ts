// One connection to Redis: comes back by itself with growing, jittered pauses, never sends a command twice, and fails
// commands at once while it is away. One log line says that Redis is away, one that it is back, for all connections
// of a layer together. What a lost command means is the business of whoever sent it.
import { type ChainableCommander, Redis } from "ioredis";
import type { Log } from "#lib/log.ts";

/** ms without any answer after which a connection with commands under way is given up. */
const SILENCE = 5_000;

export interface ConnectionOptions {
  url: string;
  /** For the log and for `CLIENT LIST`. */
  role: string;
  health: RedisHealth;
  /** ms until a command without an answer is rejected; absent: until the connection is given up. */
  commandTimeout?: number | undefined;
  /** Called whenever the connection is up; `again` is false the first time. */
  onReady?(again: boolean): Promise<void> | void;
  /** Called whenever it was up and is lost. */
  onDown?(): void;
  /** The address to connect to the next time, for a connection that follows a key; undefined: the same. */
  where?(): string | undefined;
}

export class RedisConnection {
  readonly redis: Redis;
  #url: string;
  /** Resolves when the connection is up and `onReady` has ended for the first time; rejects if closed before. */
  readonly ready: Promise<void>;
  #closed = false;

  constructor({ url, role, health, commandTimeout, onReady, onDown, where }: ConnectionOptions) {
    this.#url = url;
    this.redis = new Redis(url, {
      connectionName: `yroom-${role}`,
      protocol: 2,
      connectTimeout: 3_000,
      socketTimeout: SILENCE,
      commandTimeout,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => {
        this.#follow(where?.());
        return Math.min(25 * 2 ** Math.min(times, 6), 1_000) + Math.random() * 200;
      },
    });
    this.ready = new Promise((resolve, reject) => {
      let again = false;
      let up = false;
      this.redis.on("close", () => {
        if (up && !this.#closed) onDown?.();
        up = false;
      });
      this.redis.on("ready", async () => {
        const first = !again;
        again = true;
        up = true;
        try {
          await onReady?.(!first);
          health.up(this);
          resolve();
        } catch (error) {
          // Lost again in the meantime: the next "ready" comes.
          again = !first;
          health.down(this, error);
          this.restart();
        }
      });
      this.redis.on("end", () => reject(new Error("The connection to Redis was closed.")));
    });
    this.ready.catch(() => {});
    this.redis.on("error", (error) => health.down(this, error));
    this.redis.on("close", () => {
      if (!this.#closed) health.down(this, new Error("The connection to Redis was lost."));
    });
    this.redis.on("end", () => health.up(this));
  }

  /** Sends what was added to `pipeline`; rejects with the first error. */
  async execute(pipeline: ChainableCommander): Promise<void> {
    const results = await pipeline.exec();
    const failed = results?.find(([error]) => error);
    if (failed) throw failed[0];
  }

  /** Where it is connected to; may hold a password. */
  get url(): string {
    return this.#url;
  }

  get up(): boolean {
    return !this.#closed && this.redis.status === "ready";
  }

  get closed(): boolean {
    return this.#closed;
  }

  #follow(url: string | undefined): void {
    if (url === undefined || url === this.#url) return;
    const { hostname, port } = new URL(url);
    Object.assign(this.redis.options, { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 6379) });
    this.#url = url;
  }

  /** What Redis says of itself; empty where that is not allowed. */
  async info(): Promise<Record<string, string>> {
    const text = await this.redis.info().catch((error: Error) => {
      if (this.up) return "";
      throw error;
    });
    return Object.fromEntries([...text.matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name, value]) => [name, value]));
  }

  /** Fails what is under way and connects anew. */
  restart(): void {
    if (this.up) this.redis.disconnect(true);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.redis.disconnect();
  }
}

/** Says once that Redis is away, and once that it is back. */
export class RedisHealth {
  readonly #log: Log;
  #down = new Set<RedisConnection>();

  constructor(log: Log) {
    this.#log = log;
  }

  down(connection: RedisConnection, error: unknown): void {
    if (connection.closed) return;
    if (this.#down.size === 0) this.#log.error({ err: error }, "Redis is away; trying again");
    this.#down.add(connection);
  }

  up(connection: RedisConnection): void {
    if (this.#down.delete(connection) && this.#down.size === 0 && !connection.closed) this.#log.info("Redis is back");
  }
}

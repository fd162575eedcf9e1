// The connections of one role: one to each node of Redis that holds keys, so one alone where Redis is no cluster.
// Knows where a key is served; what a failed command means is the business of whoever sent it.
import { setTimeout as pause } from "node:timers/promises";
import type { Redis } from "ioredis";
import { RedisConnection, type RedisHealth } from "./redis-connection.ts";
import type { RedisNodes } from "./redis-nodes.ts";
import { redirectOf } from "./redis-slot.ts";

export interface PoolOptions {
  nodes: RedisNodes;
  health: RedisHealth;
  role: string;
  /** ms until a command without an answer is rejected; absent: until the connection is given up. */
  commandTimeout?: number;
  onReady?(connection: RedisConnection, again: boolean): Promise<void> | void;
  onDown?(connection: RedisConnection): void;
}

/** ms that a process waits at its start for nodes that do not answer, if another one does. */
const ABSENT = 2_000;
/** ms that a connection to a node without slots is kept: answers may be under way. */
const LEAVING = 5_000;
/** ms for which a small command follows its key, and between two attempts. */
const FOLLOW = 1_500;
const STEP = 50;

export class RedisPool {
  readonly ready: Promise<void>;
  readonly #options: PoolOptions;
  #byUrl = new Map<string, RedisConnection>();
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    const { nodes } = options;
    nodes.watch(() => this.#adapt());
    this.#adapt();
    this.ready = nodes.cluster ? nodes.ready.then(() => this.#some()) : (this.all()[0] as RedisConnection).ready;
    this.ready.catch(() => {});
  }

  /** Undefined while no node holds the key. It need not be up. */
  of(key: string): RedisConnection | undefined {
    const url = this.#options.nodes.of(key);
    return url === undefined ? undefined : this.#byUrl.get(url);
  }

  all(): RedisConnection[] {
    return [...this.#byUrl.values()];
  }

  get up(): boolean {
    return this.all().some((connection) => connection.up);
  }

  /**
   * Runs a small command where `key` is served, and where it has gone to if it has. It is sent again only if a node
   * said that it did not carry it out.
   */
  async run<Result>(key: string, command: (redis: Redis) => Promise<Result>): Promise<Result> {
    const { nodes } = this.#options;
    const deadline = performance.now() + FOLLOW;
    let asked: RedisConnection | undefined;
    for (;;) {
      const connection = asked ?? this.of(key);
      if (!connection?.up) nodes.refresh();
      if (!connection || this.#closed) throw new Error("No node of Redis holds this key.");
      try {
        if (asked) connection.redis.asking().catch(() => {});
        asked = undefined;
        return await command(connection.redis);
      } catch (error) {
        const redirect = nodes.cluster && redirectOf(error);
        if (!redirect || performance.now() > deadline) throw error;
        const url = nodes.learn(redirect, connection.url);
        if (redirect.kind === "ask" && url) asked = this.#byUrl.get(url);
        const next = asked ?? this.of(key);
        if (redirect.kind === "again" || !next?.up) await pause(STEP);
        for (let waits = 0; next && !next.up && waits < 10 && performance.now() < deadline; waits++) await pause(STEP);
      }
    }
  }

  close(): void {
    this.#closed = true;
    for (const connection of this.#byUrl.values()) connection.close();
  }

  async #some(): Promise<void> {
    const late = new AbortController();
    const each = this.all().map((connection) => connection.ready);
    const patience = pause(ABSENT, undefined, { signal: late.signal }).catch(() => {});
    await Promise.race([Promise.all(each), patience]);
    late.abort();
    await Promise.any(each);
  }

  #adapt(): void {
    if (this.#closed) return;
    const { nodes, health, role, commandTimeout, onReady, onDown } = this.#options;
    const wanted = new Set(nodes.all());
    for (const url of wanted) {
      if (this.#byUrl.has(url)) continue;
      const connection: RedisConnection = new RedisConnection({
        url,
        health,
        role,
        commandTimeout,
        onReady: (again) => onReady?.(connection, again),
        onDown: () => {
          nodes.refresh();
          onDown?.(connection);
        },
      });
      this.#byUrl.set(url, connection);
    }
    for (const [url, connection] of this.#byUrl) {
      if (wanted.has(url)) continue;
      setTimeout(() => {
        if (this.#options.nodes.all().includes(url) || this.#byUrl.get(url) !== connection) return;
        this.#byUrl.delete(url);
        connection.close();
      }, LEAVING).unref();
    }
  }
}

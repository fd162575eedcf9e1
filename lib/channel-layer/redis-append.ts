// Appends a server's entries to the logs. An entry is sent again only if a node of a cluster said that it did not take
// it, and then before everything that came later for the same log. What may not have reached its log is reported, and
// never sent again.
import { setTimeout as pause } from "node:timers/promises";
import { LIMITS } from "#lib/protocol.ts";
import type { RedisConnection, RedisHealth } from "./redis-connection.ts";
import type { RedisNodes } from "./redis-nodes.ts";
import { RedisPool } from "./redis-pool.ts";
import { redirectOf } from "./redis-slot.ts";

/** Bytes under way to a Redis that does not answer, above which it counts as lost; clients are refused long before. */
const TOO_MUCH = 4 * LIMITS.underWayBytes;
/** ms for which entries follow a log that moves, and between two attempts. */
const FOLLOW = 5_000;
const STEP = 50;

interface Entry {
  log: Log;
  order: number;
  bytes: Uint8Array;
}

/** One stream, as far as this process has sent to it. */
interface Log {
  key: string;
  /** Where the last entry was sent to. */
  connection: RedisConnection | null;
  underWay: number;
  /** Refused by a node that does not have the log, and all that came after; in order. */
  held: Entry[];
  following: boolean;
}

export interface AppenderOptions {
  server: string;
  nodes: RedisNodes;
  health: RedisHealth;
  /** `concerns` answers whether entries of that log may be among the lost. */
  onLost(error: Error, concerns: (key: string) => boolean): void;
}

export class RedisAppender {
  readonly pool: RedisPool;
  readonly #options: AppenderOptions;
  #logs = new Map<string, Log>();
  #appending = new Set<Promise<void>>();
  #runs = new Map<string, string>();
  #bytes = 0;
  #order = 0;

  constructor(options: AppenderOptions) {
    this.#options = options;
    const { nodes, health } = options;
    this.pool = new RedisPool({ nodes, health, role: "log", onReady: (connection) => this.#compareRun(connection) });
    nodes.watch(() => this.#compareNodes());
  }

  /** Bytes that are under way. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Everything of one turn; never throws. */
  append(batch: Map<string, Uint8Array[]>): void {
    const byConnection = new Map<RedisConnection, Entry[]>();
    const lost: Log[] = [];
    let full = false;
    for (const [key, entries] of batch) {
      const log = this.#log(key);
      const connection = this.pool.of(key);
      if (!connection?.up || this.#bytes > TOO_MUCH) {
        full ||= connection?.up === true;
        lost.push(log);
        connection?.restart();
        continue;
      }
      for (const bytes of entries) {
        const entry = { log, order: this.#order++, bytes };
        this.#bytes += bytes.length;
        // What is under way to the node that had the log may come back refused, and would then be behind this.
        const isMoving = log.underWay > 0 && log.connection !== connection;
        if (log.held.length > 0 || log.following || isMoving) {
          log.held.push(entry);
          continue;
        }
        const group = byConnection.get(connection);
        if (group) group.push(entry);
        else byConnection.set(connection, [entry]);
      }
    }
    if (lost.length > 0) {
      this.#options.nodes.refresh();
      this.#lose(new Error(full ? "Redis does not keep up." : "Redis is away."), lost);
    }
    for (const [connection, entries] of byConnection) this.#track(this.#send(connection, entries, false));
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#appending.size > 0) await Promise.allSettled(this.#appending);
  }

  #log(key: string): Log {
    let log = this.#logs.get(key);
    if (!log) {
      log = { key, connection: null, underWay: 0, held: [], following: false };
      this.#logs.set(key, log);
    }
    return log;
  }

  #track(work: Promise<unknown>): void {
    const tracked = work.then(
      () => void this.#appending.delete(tracked),
      () => void this.#appending.delete(tracked),
    );
    this.#appending.add(tracked);
  }

  /** `asking`: the node is about to take these logs over and wants to hear so. */
  async #send(connection: RedisConnection, entries: Entry[], asking: boolean): Promise<void> {
    const pipeline = connection.redis.pipeline();
    for (const { log, bytes } of entries) {
      log.connection = connection;
      log.underWay++;
      if (asking) pipeline.asking();
      pipeline.xadd(log.key, "*", this.#options.server, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    }
    let results: [error: unknown, result: unknown][];
    try {
      results = (await pipeline.exec()) ?? [];
    } catch (error) {
      results = entries.map(() => [error, null]);
    }
    if (asking) results = results.filter((_, index) => index % 2 === 1);
    const lost: Log[] = [];
    let reason: unknown;
    for (const [index, entry] of entries.entries()) {
      const error = this.#settle(entry, results[index]?.[0], connection);
      if (!error) continue;
      reason ??= error;
      lost.push(entry.log);
    }
    if (lost.length > 0) this.#lose(reason, lost);
    for (const log of new Set(entries.map((entry) => entry.log))) this.#follow(log);
  }

  /** Answers why the log may lack entries, or null. */
  #settle(entry: Entry, error: unknown, connection: RedisConnection): unknown {
    const { log } = entry;
    log.underWay--;
    const { nodes } = this.#options;
    const redirect = nodes.cluster && error ? redirectOf(error) : null;
    if (redirect) {
      nodes.learn(redirect, connection.url);
      const place = log.held.findIndex((held) => held.order > entry.order);
      log.held.splice(place < 0 ? log.held.length : place, 0, entry);
      return null;
    }
    this.#bytes -= entry.bytes.length;
    if (error) return error;
    // Taken, though an earlier one was not: order is what a log is for.
    const overtook = log.held[0] !== undefined && log.held[0].order < entry.order;
    return overtook ? new Error("A log moved while it was written.") : null;
  }

  #follow(log: Log): void {
    if (log.held.length === 0 || log.underWay > 0 || log.following) return;
    log.following = true;
    this.#track(this.#resend(log));
  }

  async #resend(log: Log): Promise<void> {
    const deadline = performance.now() + FOLLOW;
    const { nodes } = this.#options;
    while (log.held.length > 0) {
      if (performance.now() > deadline) this.#lose(new Error("No node of Redis takes this log."), [log]);
      let connection = this.pool.of(log.key);
      let asking = false;
      const first = log.held[0];
      if (connection?.up && first) {
        // One alone first: where the log is may be known only when it has been tried.
        const probe = await connection.redis.xlen(log.key).catch((error: unknown) => error);
        const redirect = redirectOf(probe);
        const url = redirect && nodes.learn(redirect, connection.url);
        if (redirect?.kind === "ask" && url) {
          connection = this.pool.all().find((other) => other.url === url);
          asking = true;
        } else if (redirect) connection = undefined;
      }
      if (connection?.up) await this.#send(connection, log.held.splice(0), asking);
      if (log.held.length > 0) await pause(STEP);
    }
    log.following = false;
  }

  #lose(error: unknown, logs: Log[]): void {
    for (const log of logs) for (const { bytes } of log.held.splice(0)) this.#bytes -= bytes.length;
    const reason = error instanceof Error ? error : new Error(String(error));
    const keys = new Set(logs.map((log) => log.key));
    this.#options.onLost(reason, this.#options.nodes.cluster ? (key) => keys.has(key) : () => true);
  }

  /** A Redis that was started anew may lack what the former one accepted. */
  async #compareRun(connection: RedisConnection): Promise<void> {
    const { run_id: runId = "" } = await connection.info();
    const { url } = connection;
    const known = this.#runs.get(url);
    this.#runs.set(url, runId);
    if (known === undefined || known === runId) return;
    this.#options.onLost(new Error("Redis was restarted."), (key) => this.#options.nodes.of(key) === url);
  }

  /** So may a node that took over from one that is away; one that lives hands everything over. */
  #compareNodes(): void {
    for (const log of this.#logs.values()) {
      const now = this.pool.of(log.key);
      const before = log.connection;
      if (!before || before === now) continue;
      log.connection = null;
      if (!before.up) this.#lose(new Error("Another node of Redis took over."), [log]);
    }
  }
}

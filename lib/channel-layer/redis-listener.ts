// What a server hears: deliveries to it, and announcements to all. On a single Redis by two subscriptions; in a
// cluster by sharded ones on every node, of which workers choose one that lives, so that no message is copied to all
// nodes and no node that is away silences a server.
import type { RedisConnection } from "./redis-connection.ts";
import { RedisPool } from "./redis-pool.ts";
import type { RedisShared } from "./redis-shared.ts";

export interface ListenerHandlers {
  onDelivery(bytes: Buffer): void;
  onAnnouncement(bytes: Buffer): void;
  /** It was not heard for a while what was said on a way that workers use. */
  onGap(): void;
}

/** ms after which workers have left a node that is away. */
const TURNED = 1_500;

export class RedisListener {
  readonly #server: string;
  readonly #shared: RedisShared;
  readonly #handlers: ListenerHandlers;
  readonly #pool: RedisPool;
  /** Lanes that each connection listens on. */
  #heard = new Map<RedisConnection, Set<string>>();
  /** Lanes that were ever listened on. */
  #known = new Set<string>();
  #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(server: string, handlers: ListenerHandlers, shared: RedisShared) {
    this.#server = server;
    this.#handlers = handlers;
    this.#shared = shared;
    const { nodes, health } = shared;
    this.#pool = new RedisPool({
      nodes,
      health,
      role: "subscriber",
      onReady: async (connection) => {
        if (!this.#heard.has(connection)) this.#attend(connection);
        this.#heard.set(connection, new Set());
        await this.#listen(connection);
      },
      onDown: (connection) => {
        this.#heard.get(connection)?.clear();
        if (nodes.cluster) this.#later(TURNED, () => this.#gap());
      },
    });
    nodes.watch(() => {
      for (const connection of this.#pool.all()) {
        if (connection.up && this.#heard.has(connection)) this.#listen(connection).catch(() => connection.restart());
      }
    });
  }

  /** Resolves once everything that is said to this server is heard. */
  get ready(): Promise<void> {
    return this.#pool.ready;
  }

  /** A listener hears nothing of a connection that was cut silently; having to answer, it does. */
  ping(): void {
    for (const connection of this.#pool.all()) if (connection.up) connection.redis.ping().catch(() => {});
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#pool.close();
  }

  #attend(connection: RedisConnection): void {
    const { keys, nodes } = this.#shared;
    const announcements = new Set(keys.lanes.map(keys.announce));
    connection.redis.on(nodes.cluster ? "smessageBuffer" : "messageBuffer", (channel: Buffer, bytes: Buffer) => {
      if (announcements.has(channel.toString())) this.#handlers.onAnnouncement(bytes);
      else this.#handlers.onDelivery(bytes);
    });
    // A slot went to another node, and what was listened to in it ended.
    connection.redis.on("moved", () => {
      nodes.refresh();
      connection.restart();
    });
  }

  async #listen(connection: RedisConnection): Promise<void> {
    const { keys, nodes } = this.#shared;
    const heard = this.#heard.get(connection);
    let again = false;
    const wanted = keys.lanes.filter((lane) => this.#pool.of(keys.announce(lane)) === connection);
    const listening = wanted.map(async (lane) => {
      if (heard?.has(lane)) return;
      heard?.add(lane);
      const channels = [keys.server(lane, this.#server), keys.announce(lane)];
      await (nodes.cluster ? connection.redis.ssubscribe(...channels) : connection.redis.subscribe(...channels));
      again ||= this.#known.has(lane);
      this.#known.add(lane);
    });
    await Promise.all(listening);
    if (again) this.#gap();
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  #gap(): void {
    if (!this.#closed) this.#handlers.onGap();
  }
}

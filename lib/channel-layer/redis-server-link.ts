// A server's end of the Redis layer. One connection appends to the logs, one listens. A message that may not have
// reached its log is never sent again: `onLost` says so, and its connection starts over.
import { decodeAnnouncement, decodeServerMessages, encodeRoomMessages } from "#lib/message-codec.ts";
import type { Member, RoomMessage } from "#lib/messages.ts";
import { partitionOf } from "#lib/partition.ts";
import type { ServerHandlers, ServerLink } from "./channel-layer.ts";
import { chunks } from "./chunks.ts";
import { ownRoomMessage } from "./own.ts";
import { RedisConnection } from "./redis-connection.ts";
import { ParcelInbox } from "./redis-parcels.ts";
import { PresenceWriter } from "./redis-presence.ts";
import { beat } from "./redis-scripts.ts";
import type { RedisShared } from "./redis-shared.ts";
import { TurnBatch } from "./turn-batch.ts";

/** Bytes under way to a Redis that does not answer, above which it counts as lost. */
const UNDER_WAY_BYTES = 64 * 1024 * 1024;
/** A few people wait for nobody; beyond that each append costs the worker a turn, so appends are shared. */
const PACE = { calm: 500, window: 4 };

export class RedisServerLink implements ServerLink {
  readonly #id: string;
  readonly #handlers: ServerHandlers;
  readonly #shared: RedisShared;
  readonly #log: RedisConnection;
  readonly #subscriber: RedisConnection;
  readonly #presence: PresenceWriter;
  readonly #batch = new TurnBatch<string, RoomMessage>((batch) => this.#append(batch), PACE);
  #appending = new Set<Promise<void>>();
  #beating: Promise<void> = Promise.resolve();
  #bytes = 0;
  #runId: string | null = null;
  #closed = false;

  constructor(id: string, handlers: ServerHandlers, shared: RedisShared) {
    this.#id = id;
    this.#handlers = handlers;
    this.#shared = shared;
    const { url, health, keys } = shared;
    this.#log = new RedisConnection({ url, health, role: "log", onReady: () => this.#compareRun() });
    this.#subscriber = new RedisConnection({
      url,
      health,
      role: "subscriber",
      onReady: async (again) => {
        await this.#subscriber.redis.subscribe(keys.server(id), keys.announce);
        if (again) this.#guard("onGap", () => handlers.onGap());
      },
    });
    const inbox = new ParcelInbox(
      this.#log,
      (bytes) => this.#guard("onMessages", () => handlers.onMessages(decodeServerMessages(bytes))),
      () => this.#guard("onGap", () => handlers.onGap()),
    );
    this.#subscriber.redis.on("messageBuffer", (channel: Buffer, bytes: Buffer) => {
      if (channel.toString() !== keys.announce) inbox.receive(bytes);
      else this.#guard("onAnnouncement", () => handlers.onAnnouncement(decodeAnnouncement(bytes)));
    });
    this.#presence = new PresenceWriter(shared.control.redis, keys.presence(id), shared.serverTtl);
  }

  /** Resolves once messages for this server arrive. */
  async start(): Promise<void> {
    await Promise.all([this.#shared.control.ready, this.#log.ready, this.#subscriber.ready]);
    await this.beat(new Map());
  }

  send(channel: string, message: RoomMessage): void {
    if (!this.#closed)
      this.#batch.add(this.#shared.keys.log(channel, partitionOf(message.room)), ownRoomMessage(message));
  }

  async beat(presence: Map<string, Member[]>): Promise<void> {
    if (this.#closed) return;
    this.#beating = this.#beat(presence);
    await this.#beating;
  }

  async #beat(presence: Map<string, Member[]>): Promise<void> {
    const { control, keys, serverTtl } = this.#shared;
    // A listener hears nothing of a connection that was cut silently; having to answer, it does.
    if (this.#subscriber.up) this.#subscriber.redis.ping().catch(() => {});
    await beat(control.redis, keys.servers, serverTtl, this.#id);
    await this.#presence.write(presence);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#batch.flush();
    this.#closed = true;
    // A beat that is under way would bring this server back to life.
    await Promise.allSettled([...this.#appending, this.#beating]);
    this.#log.close();
    this.#subscriber.close();
    const { control, keys } = this.#shared;
    if (!control.up) return;
    await Promise.allSettled([control.redis.zrem(keys.servers, this.#id), control.redis.del(keys.presence(this.#id))]);
  }

  #append(batch: Map<string, RoomMessage[]>): void {
    if (!this.#log.up || this.#bytes > UNDER_WAY_BYTES) {
      this.#lose(new Error(this.#log.up ? "Redis does not keep up." : "Redis is away."));
      this.#log.restart();
      return;
    }
    const pipeline = this.#log.redis.pipeline();
    let bytes = 0;
    try {
      for (const [key, messages] of batch) {
        for (const piece of chunks(messages)) {
          const entry = encodeRoomMessages(piece);
          bytes += entry.length;
          pipeline.xadd(key, "*", this.#id, Buffer.from(entry.buffer, entry.byteOffset, entry.length));
        }
      }
    } catch (error) {
      this.#lose(error);
      return;
    }
    this.#bytes += bytes;
    const appending = this.#log
      .execute(pipeline)
      .catch((error: unknown) => this.#lose(error))
      .finally(() => {
        this.#bytes -= bytes;
        this.#appending.delete(appending);
      });
    this.#appending.add(appending);
  }

  #lose(error: unknown): void {
    const reason = error instanceof Error ? error : new Error(String(error));
    this.#guard("onLost", () => this.#handlers.onLost(reason));
  }

  /** A Redis that was started anew, or another one that took over, may lack what the former one accepted. */
  async #compareRun(): Promise<void> {
    const { run_id: runId = "" } = await this.#log.info();
    if (this.#runId !== null && this.#runId !== runId) this.#lose(new Error("Redis was restarted."));
    this.#runId = runId;
  }

  #guard(handler: string, call: () => void): void {
    if (this.#closed) return;
    try {
      call();
    } catch (error) {
      this.#shared.log.error({ err: error }, `${handler} failed`);
    }
  }
}

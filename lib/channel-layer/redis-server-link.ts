// A server's end of the Redis layer: redis-append.ts writes the logs, redis-listener.ts hears what workers say. A
// message that may not have reached its log is never sent again: `onLost` says so, and its connection starts over.
import { decodeAnnouncement, decodeServerMessages, encodeRoomMessages } from "#lib/message-codec.ts";
import type { Member, RoomMessage } from "#lib/messages.ts";
import { partitionOf } from "#lib/partition.ts";
import { LIMITS } from "#lib/protocol.ts";
import type { ServerHandlers, ServerLink } from "./channel-layer.ts";
import { encodeChunks, weightOf } from "./chunks.ts";
import { RedisAppender } from "./redis-append.ts";
import { RedisBacklog } from "./redis-backlog.ts";
import { RedisListener } from "./redis-listener.ts";
import { ParcelInbox } from "./redis-parcels.ts";
import { PresenceWriter } from "./redis-presence.ts";
import { beat } from "./redis-scripts.ts";
import type { RedisShared } from "./redis-shared.ts";
import { TurnBatch } from "./turn-batch.ts";

/** A few people wait for nobody; beyond that each append costs the worker a turn, so appends are shared. */
const PACE = { calm: 500, perMs: 500, longest: 12 };
/** ms that something may wait which those who sit next to it know already. */
const RELAYED_PATIENCE = 25;

export class RedisServerLink implements ServerLink {
  readonly #id: string;
  readonly #handlers: ServerHandlers;
  readonly #shared: RedisShared;
  readonly #appender: RedisAppender;
  readonly #listener: RedisListener;
  readonly #inbox: ParcelInbox;
  readonly #presence: PresenceWriter;
  readonly #batch = new TurnBatch<string, RoomMessage>((batch) => this.#append(batch), PACE);
  readonly #backlog: RedisBacklog;
  /** Bytes of the batch that is open. */
  #collected = 0;
  #beating: Promise<void> = Promise.resolve();
  /** It has beaten before: workers that do not know it any more have forgotten its connections, or soon do. */
  #isRegistered = false;
  #closed = false;

  constructor(id: string, handlers: ServerHandlers, shared: RedisShared) {
    this.#id = id;
    this.#handlers = handlers;
    this.#shared = shared;
    const { nodes, health, keys } = shared;
    this.#appender = new RedisAppender({ server: id, nodes, health, onLost: (...lost) => this.#lose(...lost) });
    this.#inbox = new ParcelInbox(
      this.#appender.pool,
      (bytes) => this.#receive(bytes),
      () => this.#gap(),
    );
    const listening = {
      onDelivery: (bytes: Buffer) => this.#inbox.receive(bytes),
      onAnnouncement: (bytes: Buffer) => {
        this.#inbox.inOrder(() =>
          this.#guard("onAnnouncement", () => handlers.onAnnouncement(decodeAnnouncement(bytes))),
        );
      },
      // What waits is from before it.
      onGap: () => this.#inbox.inOrder(() => this.#gap()),
    };
    this.#listener = new RedisListener(id, listening, shared);
    this.#backlog = new RedisBacklog(shared.control, shared.log);
    this.#presence = new PresenceWriter(shared.control, keys.presence(id), shared.serverTtl);
  }

  /** Resolves once messages for this server arrive. */
  async start(): Promise<void> {
    await Promise.all([this.#shared.control.ready, this.#appender.pool.ready, this.#listener.ready]);
    await this.beat(new Map());
  }

  send(channel: string, message: RoomMessage): void {
    if (this.#closed) return;
    const key = this.#shared.keys.log(channel, partitionOf(message.room));
    const bytes = weightOf(message);
    this.#collected += bytes;
    this.#backlog.add(key, bytes);
    const isRelayed = message.type === "receive" && message.relayed;
    this.#batch.add(key, message, isRelayed ? RELAYED_PATIENCE : 0);
  }

  pressure(channel: string, room: string): number {
    const backlog = this.#backlog.of(this.#shared.keys.log(channel, partitionOf(room)));
    const underWay = this.#collected + this.#appender.bytes;
    return Math.max(underWay / LIMITS.underWayBytes, backlog / LIMITS.backlogBytes);
  }

  async beat(presence: Map<string, Member[]>): Promise<void> {
    if (this.#closed) return;
    this.#beating = this.#beat(presence);
    await this.#beating;
  }

  async #beat(presence: Map<string, Member[]>): Promise<void> {
    const { control, keys, serverTtl } = this.#shared;
    this.#listener.ping();
    const { known } = await beat(control, keys.servers, serverTtl, this.#id);
    if (this.#isRegistered && !known) this.#inbox.inOrder(() => this.#gap());
    this.#isRegistered = true;
    await Promise.all([this.#presence.write(presence), this.#backlog.look()]);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#batch.flush();
    this.#closed = true;
    // A beat that is under way would bring this server back to life.
    await Promise.allSettled([this.#appender.settled(), this.#beating]);
    this.#appender.pool.close();
    this.#listener.close();
    const { control, keys } = this.#shared;
    if (!control.up) return;
    const presence = keys.presence(this.#id);
    await Promise.allSettled([
      control.run(keys.servers, (redis) => redis.zrem(keys.servers, this.#id)),
      control.run(presence, (redis) => redis.del(presence)),
    ]);
  }

  #append(batch: Map<string, RoomMessage[]>): void {
    this.#collected = 0;
    const onBad = (error: unknown) => this.#shared.log.error({ err: error }, "a message cannot be written");
    const encoded = [...batch].map(
      ([key, messages]) => [key, encodeChunks(messages, encodeRoomMessages, onBad)] as const,
    );
    this.#appender.append(new Map(encoded));
  }

  #lose(error: Error, concerns: (key: string) => boolean): void {
    const { keys } = this.#shared;
    this.#guard("onLost", () =>
      this.#handlers.onLost(error, (channel, room) => concerns(keys.log(channel, partitionOf(room)))),
    );
  }

  /** What cannot be read, or taken, is missing: those whom it was for must not go on as if it had not been said. */
  #receive(bytes: Uint8Array): void {
    const isTaken = this.#guard("onMessages", () => this.#handlers.onMessages(decodeServerMessages(bytes)));
    if (!isTaken) this.#gap();
  }

  #gap(): void {
    this.#guard("onGap", () => this.#handlers.onGap());
  }

  /** Answers false if it failed. */
  #guard(handler: string, call: () => void): boolean {
    if (this.#closed) return true;
    try {
      call();
      return true;
    } catch (error) {
      this.#shared.log.error({ err: error }, `${handler} failed`);
      return false;
    }
  }
}

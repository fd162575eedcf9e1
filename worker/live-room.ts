// A room in this worker, from the first message about it until it is unloaded: loads it once, feeds it in order,
// sends what it answers, hands its edits to persistence, compacts and unloads it. What a message means for the
// document is decided in room.ts alone.
import { encodeSaved } from "#lib/frames.ts";
import type { RoomMessage } from "#lib/messages.ts";
import { workerMetrics } from "#lib/metrics.ts";
import { CLOSE } from "#lib/protocol.ts";
import type { RoomReport } from "#lib/reports.ts";
import type { RoomType } from "#lib/room-types.ts";
import { Audience, address } from "./audience.ts";
import { Compaction } from "./compaction.ts";
import { answerRequest, dataUnavailable } from "./document-api.ts";
import type { Incoming, Outcome } from "./outcome.ts";
import type { Saved } from "./persistence.ts";
import { Room } from "./room.ts";
import type { Item, RoomHost, RoomState } from "./room-host.ts";
import { reportRoom } from "./room-report.ts";
import type { Fence, Storage } from "./storage/storage.ts";
import type { Release } from "./ticket.ts";
import { within } from "./within.ts";

/** ms between two attempts to load while the store is away. */
const LOAD_RETRY = 1_000;
/** ms after which a room that could not be read is tried again. */
const REFUSED_FOR = 10_000;

export class LiveRoom implements Saved {
  readonly name: string;
  readonly type: RoomType;
  readonly storage: Storage;
  readonly fence: Fence;
  readonly since = new Date();
  readonly #host: RoomHost;
  #state: RoomState = { kind: "loading", queue: [] };
  readonly #audience: Audience;
  #removal: NodeJS.Timeout | null = null;
  #compaction: Compaction;
  /** Somebody was in it; a room that was only asked something is unloaded at once. */
  #visited = false;

  constructor(name: string, type: RoomType, storage: Storage, fence: Fence, host: RoomHost) {
    this.name = name;
    this.type = type;
    this.storage = storage;
    this.fence = fence;
    this.#host = host;
    this.#audience = new Audience(name, host.deliver);
    this.#compaction = new Compaction(name, storage, fence, host.log);
    void this.#load();
  }

  /** Ids of the servers that have connections in the room. */
  servers(): Iterable<string> {
    return this.#audience.servers();
  }

  /** What an administrator may know. */
  report(): RoomReport {
    const first = this.#host.persistence.waitingSince(this);
    return reportRoom(this, this.#state, this.#compaction, first === null ? null : performance.now() - first);
  }

  /** Takes everything that is waiting for this room, in order. */
  take(items: Item[]): void {
    switch (this.#state.kind) {
      case "loading":
        for (const item of items) this.#state.queue.push(item);
        return;
      case "live":
        try {
          this.#process(this.#state.room, items);
        } catch (error) {
          this.#fail(error, items);
        }
        return;
      case "refused":
        this.#refuse(items);
        return;
      case "gone":
        // Lost to another worker: the entries are not acknowledged, so that one reads them again.
        return;
    }
  }

  async #load(): Promise<void> {
    for (let attempt = 0; this.#state.kind === "loading"; attempt++) {
      try {
        const stored = await this.storage.load(this.name);
        if (this.#state.kind !== "loading") return;
        this.#start(this.#state.queue, stored);
      } catch (error) {
        if (attempt === 0) this.#host.log.error({ err: error, room: this.name }, "cannot load the room; trying again");
        await new Promise((resolve) => setTimeout(resolve, LOAD_RETRY));
      }
    }
  }

  #start(queue: Item[], stored: Awaited<ReturnType<Storage["load"]>>): void {
    let room: Room;
    try {
      const updates = stored ? [...(stored.snapshot ? [stored.snapshot] : []), ...stored.updates] : [];
      room = new Room(this.name, this.type, updates);
    } catch (error) {
      this.#host.log.error(
        { err: error, room: this.name },
        "what is stored of the room cannot be read; refusing it and keeping the bytes",
      );
      this.#state = { kind: "refused" };
      this.#refuse(queue);
      setTimeout(() => this.#leave(), REFUSED_FOR).unref();
      return;
    }
    if (stored) this.#compaction.found(stored);
    this.#state = { kind: "live", room, stored: stored !== null };
    this.take(queue);
  }

  /** Our own fault: what was edited so far is committed, everybody starts over with a room that is loaded anew. */
  #fail(error: unknown, items: Item[]): void {
    this.#host.log.error({ err: error, room: this.name }, "the room failed; it is loaded anew");
    this.#state = { kind: "refused" };
    this.#audience.closeAll(CLOSE.restart, "the room failed");
    this.#refuse(items);
    void this.#host.persistence.flush([this]).then(() => this.#leave());
  }

  #process(room: Room, items: Item[]): void {
    let batch: Item[] = [];
    for (const item of items) {
      if (item.message.type === "receive") {
        batch.push(item);
        continue;
      }
      this.#receive(room, batch);
      batch = [];
      this.#manage(room, item);
    }
    this.#receive(room, batch);
    this.#considerRemoval(room);
  }

  #receive(room: Room, items: Item[]): void {
    if (items.length === 0) return;
    const incoming: Incoming[] = [];
    for (const { message, server } of items) {
      if (message.type !== "receive") continue;
      const { sequence, userId, options, payload } = message;
      incoming.push({ connection: address(server, message.connection), sequence, userId, options, frame: payload });
    }
    const outcome = room.receive(incoming, Date.now());
    this.#carryOut(
      outcome,
      items.map((item) => item.release),
    );
  }

  #manage(room: Room, { message, server, release }: Item): void {
    switch (message.type) {
      case "connect": {
        const { connection, member, options, resync } = message;
        this.#visited = true;
        const id = this.#audience.join(server, connection);
        this.#carryOut(room.connect({ id, member, options }, resync), [release]);
        return;
      }
      case "disconnect":
        this.#carryOut(room.disconnect(this.#audience.part(server, message.connection)), [release]);
        return;
      case "request":
        this.#answer(room, server, message);
        release();
        return;
      case "receive":
        throw new Error("a receive is processed in a batch");
    }
  }

  #answer(room: Room, server: string, message: Extract<RoomMessage, { type: "request" }>): void {
    const { request, method, args } = message;
    const exists = this.#state.kind === "live" && (this.#state.stored || room.connections.size > 0);
    const response = exists ? answerRequest(room, method, args) : dataUnavailable();
    this.#host.deliver(server, { type: "response", request, ...response });
  }

  /** Sends what the room answered; broadcasts go out before the commit, "saved" after it. */
  #carryOut(outcome: Outcome, releases: Release[]): void {
    for (const { connection, frame } of outcome.replies) this.#audience.send(connection, frame);
    if (outcome.broadcast.length > 0) this.#audience.broadcast(outcome.broadcast);
    for (const { connection, code, reason } of outcome.violations) {
      workerMetrics.violations.inc({ code });
      const user = this.#state.kind === "live" ? this.#state.room.connections.get(connection)?.member.id : undefined;
      this.#host.log.warn({ room: this.name, connection, user, code, reason }, "protocol violation");
      this.#audience.close(connection, code, reason);
    }
    for (const line of outcome.ignored) this.#host.log.debug({ room: this.name }, `ignored: ${line}`);

    const { persistence } = this.#host;
    if (outcome.edited && this.#state.kind === "live") this.#state.stored = true;
    if (outcome.edited || !persistence.isClean(this)) {
      persistence.add(this, outcome.edited?.updates ?? [], outcome.edited?.authors ?? [], outcome.saved, releases);
    } else {
      this.#sendSaved(outcome.saved);
      for (const release of releases) release();
    }
  }

  #sendSaved(saved: Map<string, number>): void {
    for (const [connection, sequence] of saved) this.#audience.send(connection, encodeSaved(sequence));
  }

  onCommitted(id: bigint, bytes: number, saved: Map<string, number>): void {
    if (bytes > 0) this.#compaction.count(1, bytes, id);
    this.#sendSaved(saved);
    if (this.#compaction.rows >= this.type.compactAfter) void this.#compact();
  }

  onFenced(): void {
    this.#host.onFenced(this.fence.partition);
  }

  async #compact(): Promise<void> {
    const state = this.#state;
    if (state.kind === "live") await this.#compaction.run(() => state.room.encodeState());
  }

  /** Forgets who has not been heard of, and the connections of servers that are gone. */
  sweep(now: number, isGone: (server: string) => boolean): void {
    if (this.#state.kind !== "live") return;
    const { room } = this.#state;
    for (const server of [...this.#audience.servers()].filter(isGone)) {
      for (const connection of this.#audience.forget(server)) this.#carryOut(room.disconnect(connection), []);
    }
    this.#carryOut(room.expire(now), []);
    this.#considerRemoval(room);
  }

  #considerRemoval(room: Room): void {
    if (room.connections.size > 0) {
      if (this.#removal) clearTimeout(this.#removal);
      this.#removal = null;
    } else if (!this.#removal && this.#state.kind === "live") {
      this.#removal = setTimeout(() => void this.unload(), this.#visited ? this.type.removeRoomDelay : 0);
    }
  }

  /** Saves and loads the room anew, its connections start over; answers false if saving takes longer than `limit` ms. */
  async restart(reason: string, limit: number): Promise<boolean> {
    const saved = await within(limit, this.#host.persistence.flush([this]));
    const state = this.#state;
    if (!saved || state.kind !== "live") return false;
    this.#state = { kind: "loading", queue: [] };
    this.#audience.closeAll(CLOSE.restart, reason);
    await this.#host.persistence.flush([this]);
    state.room.destroy();
    this.#compaction = new Compaction(this.name, this.storage, this.fence, this.#host.log);
    await this.#load();
    return true;
  }

  /** Commits, compacts, and lets go of the memory; stays if somebody came meanwhile, unless `force`. */
  async unload(force = false): Promise<void> {
    if (this.#removal) clearTimeout(this.#removal);
    this.#removal = null;
    await this.#host.persistence.flush([this]);
    if (this.#visited) await this.#compact();
    const state = this.#state;
    const wanted = state.kind === "live" && (state.room.connections.size > 0 || !this.#host.persistence.isClean(this));
    if (wanted && !force) this.#considerRemoval(state.room);
    else this.#leave();
  }

  /** Another worker owns the room: forget it without a write. */
  abandon(): void {
    this.#host.persistence.drop(this);
    this.#leave();
  }

  #leave(): void {
    if (this.#removal) clearTimeout(this.#removal);
    if (this.#state.kind === "gone") return;
    if (this.#state.kind === "live") this.#state.room.destroy();
    this.#state = { kind: "gone" };
    this.#host.onGone(this);
  }

  /** Nothing can be written to this room, so nothing of these messages is kept; their senders still have it. */
  #refuse(items: Item[]): void {
    for (const { message, server, release } of items) {
      if (message.type === "connect" || message.type === "receive") {
        const reason = "what is stored of this document cannot be read";
        this.#audience.close(address(server, message.connection), CLOSE.cannotLoad, reason);
      } else if (message.type === "request") {
        const { request } = message;
        this.#host.deliver(server, { type: "response", request, error: "unreadable", body: new Uint8Array() });
      }
      release();
    }
  }
}

// A room in this worker, from the first message about it until it is unloaded: loads it once, feeds it in order,
// sends what it answers, hands its edits to persistence, compacts and unloads it. What a message means for the
// document is decided in room.ts alone.

import { encodeSaved } from "#lib/frames.ts";
import type { Log } from "#lib/log.ts";
import type { LogEntry, RoomMessage, ServerMessage } from "#lib/messages.ts";
import { CLOSE } from "#lib/protocol.ts";
import type { RoomType } from "#lib/room-types.ts";
import { answerRequest, dataUnavailable } from "./document-api.ts";
import type { Persistence, Saved } from "./persistence.ts";
import { type Incoming, type Outcome, Room } from "./room.ts";
import type { Fence, Storage } from "./storage/storage.ts";
import type { Release } from "./ticket.ts";

/** One message of a log entry, with the server that sent it. */
export interface Item {
  message: RoomMessage;
  server: LogEntry["server"];
  release: Release;
}

/** What a live room needs from its worker. */
export interface RoomHost {
  log: Log;
  persistence: Persistence;
  /** Queues a message for one server; the worker sends what a turn queued in one go. */
  deliver(server: string, message: ServerMessage): void;
  /** The room is unloaded, or was lost to another worker; the next message about it makes a new one. */
  onGone(room: LiveRoom): void;
  /** A write was refused: somebody else owns the partition. */
  onFenced(partition: number): void;
}

type State =
  | { kind: "loading"; queue: Item[] }
  | { kind: "live"; room: Room; stored: boolean }
  | { kind: "refused" }
  | { kind: "gone" };

/** ms between two attempts to load while the store is away. */
const LOAD_RETRY = 1_000;
/** ms after which a room that could not be read is tried again. */
const REFUSED_FOR = 10_000;

export class LiveRoom implements Saved {
  readonly name: string;
  readonly type: RoomType;
  readonly storage: Storage;
  readonly fence: Fence;
  readonly #host: RoomHost;
  #state: State = { kind: "loading", queue: [] };
  /** How many connections of each server are in the room. */
  #servers = new Map<string, Set<number>>();
  #removal: NodeJS.Timeout | null = null;
  /** The last log row that the snapshot and the log hold of this room, and how many rows follow the snapshot. */
  #upTo = 0n;
  #rows = 0;
  #compacting = false;
  /** Somebody was in it; a room that was only asked something is unloaded at once. */
  #visited = false;

  constructor(name: string, type: RoomType, storage: Storage, fence: Fence, host: RoomHost) {
    this.name = name;
    this.type = type;
    this.storage = storage;
    this.fence = fence;
    this.#host = host;
    void this.#load();
  }

  get autosaveDelay(): number {
    return this.type.autosaveDelay;
  }

  get autosaveMaxWait(): number {
    return this.type.autosaveMaxWait;
  }

  /** Ids of the servers that have connections in the room. */
  servers(): Iterable<string> {
    return this.#servers.keys();
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
    this.#upTo = stored?.upTo ?? 0n;
    this.#rows = stored?.updates.length ?? 0;
    this.#state = { kind: "live", room, stored: stored !== null };
    this.take(queue);
  }

  /** Our own fault: what was edited so far is committed, everybody starts over with a room that is loaded anew. */
  #fail(error: unknown, items: Item[]): void {
    this.#host.log.error({ err: error, room: this.name }, "the room failed; it is loaded anew");
    this.#state = { kind: "refused" };
    const close: ServerMessage = {
      type: "close",
      room: this.name,
      to: "all",
      code: CLOSE.restart,
      reason: "the room failed",
    };
    for (const server of this.#servers.keys()) this.#host.deliver(server, close);
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
        this.#join(server, connection);
        this.#carryOut(room.connect({ id: address(server, connection), member, options }, resync), [release]);
        return;
      }
      case "disconnect":
        this.#part(server, message.connection);
        this.#carryOut(room.disconnect(address(server, message.connection)), [release]);
        return;
      case "request":
        this.#answer(room, server, message);
        release();
        return;
      case "receive":
        throw new Error("a receive is processed in a batch");
    }
  }

  #join(server: string, connection: number): void {
    this.#visited = true;
    const connections = this.#servers.get(server);
    if (connections) connections.add(connection);
    else this.#servers.set(server, new Set([connection]));
  }

  #part(server: string, connection: number): void {
    const connections = this.#servers.get(server);
    connections?.delete(connection);
    if (connections?.size === 0) this.#servers.delete(server);
  }

  #answer(room: Room, server: string, message: Extract<RoomMessage, { type: "request" }>): void {
    const { request, method, args } = message;
    const exists = this.#state.kind === "live" && (this.#state.stored || room.connections.size > 0);
    const response = exists ? answerRequest(room, method, args) : dataUnavailable();
    this.#host.deliver(server, { type: "response", request, ...response });
  }

  /** Sends what the room answered; broadcasts go out before the commit, "saved" after it. */
  #carryOut(outcome: Outcome, releases: Release[]): void {
    for (const { connection, frame } of outcome.replies) this.#send(connection, [frame]);
    if (outcome.broadcast.length > 0) {
      const message: ServerMessage = { type: "forward", room: this.name, to: "all", payloads: outcome.broadcast };
      for (const server of this.#servers.keys()) this.#host.deliver(server, message);
    }
    for (const { connection, code, reason } of outcome.violations) {
      this.#host.log.warn({ room: this.name, connection, code, reason }, "protocol violation");
      const { server, number } = parseAddress(connection);
      this.#host.deliver(server, { type: "close", room: this.name, to: [number], code, reason });
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

  #send(connection: string, payloads: Uint8Array[]): void {
    const { server, number } = parseAddress(connection);
    this.#host.deliver(server, { type: "forward", room: this.name, to: [number], payloads });
  }

  #sendSaved(saved: Map<string, number>): void {
    for (const [connection, sequence] of saved) this.#send(connection, [encodeSaved(sequence)]);
  }

  onCommitted(id: bigint, bytes: number, saved: Map<string, number>): void {
    if (bytes > 0) {
      this.#upTo = id;
      this.#rows++;
    }
    this.#sendSaved(saved);
    if (this.#rows >= this.type.compactAfter) void this.compact();
  }

  onFenced(): void {
    this.#host.onFenced(this.fence.partition);
  }

  /** Writes a snapshot that makes the log up to now history. Never needed for safety, so a failure is only logged. */
  async compact(): Promise<void> {
    if (this.#state.kind !== "live" || this.#compacting || this.#rows === 0) return;
    this.#compacting = true;
    const [rows, upTo, state] = [this.#rows, this.#upTo, this.#state.room.encodeState()];
    try {
      if (await this.storage.compact(this.name, state, upTo, this.fence)) this.#rows -= rows;
      else this.#host.log.warn({ room: this.name }, "snapshot refused: another worker owns the room");
    } catch (error) {
      this.#host.log.error({ err: error, room: this.name }, "snapshot failed; the log keeps everything");
    } finally {
      this.#compacting = false;
    }
  }

  /** Forgets who has not been heard of, and the connections of servers that are gone. */
  sweep(now: number, isGone: (server: string) => boolean): void {
    if (this.#state.kind !== "live") return;
    const { room } = this.#state;
    for (const [server, connections] of this.#servers) {
      if (!isGone(server)) continue;
      this.#servers.delete(server);
      for (const connection of connections) this.#carryOut(room.disconnect(address(server, connection)), []);
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

  /** Commits, compacts, and lets go of the memory; stays if somebody came meanwhile, unless `force`. */
  async unload(force = false): Promise<void> {
    if (this.#removal) clearTimeout(this.#removal);
    this.#removal = null;
    await this.#host.persistence.flush([this]);
    if (this.#visited) await this.compact();
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
        this.#host.deliver(server, {
          type: "close",
          room: this.name,
          to: [message.connection],
          code: CLOSE.cannotLoad,
          reason,
        });
      } else if (message.type === "request") {
        this.#host.deliver(server, {
          type: "response",
          request: message.request,
          error: "unreadable",
          body: new Uint8Array(),
        });
      }
      release();
    }
  }
}

/** A connection's id over all servers. */
function address(server: string, connection: number): string {
  return `${server}/${connection}`;
}

function parseAddress(id: string): { server: string; number: number } {
  const slash = id.lastIndexOf("/");
  return { server: id.slice(0, slash), number: Number(id.slice(slash + 1)) };
}

// A room in this worker, from the first message about it until it is unloaded: loads it once, feeds it in order,
// sends what it answers, hands its edits to persistence, compacts and unloads it. What a message means for the
// document is decided in room.ts alone.
import { encodeSaved } from "#lib/frames.ts";
import type { RoomMessage } from "#lib/messages.ts";
import { CLOSE } from "#lib/protocol.ts";
import type { RoomReport } from "#lib/reports.ts";
import type { RoomType } from "#lib/room-types.ts";
import { Audience } from "./audience.ts";
import { sendOutcome } from "./carry-out.ts";
import { Compaction } from "./compaction.ts";
import { Deletion, REMEMBER } from "./deletion.ts";
import { carryOutRequest, DONE, type Response } from "./document-api.ts";
import { insist } from "./insist.ts";
import { Intake } from "./intake.ts";
import { openRoom } from "./open-room.ts";
import type { Outcome } from "./outcome.ts";
import type { Saved } from "./persistence.ts";
import { DELETED, refuse, UNREADABLE } from "./refusal.ts";
import { Room } from "./room.ts";
import { framesOf, type Item, joinsFirst, type RoomHost, type RoomState, releasesOf } from "./room-host.ts";
import { reportRoom } from "./room-report.ts";
import type { Fence, Storage } from "./storage/storage.ts";
import type { Release } from "./ticket.ts";
import { within } from "./within.ts";

/** ms after which a room that could not be read is tried again. */
const REFUSED_FOR = 10_000;

export class LiveRoom implements Saved {
  readonly name: string;
  readonly type: RoomType;
  readonly storage: Storage;
  readonly fence: Fence;
  readonly since = new Date();
  readonly intake: Intake;
  readonly #host: RoomHost;
  #state: RoomState = { kind: "loading", queue: [] };
  readonly #audience: Audience;
  #removal: NodeJS.Timeout | null = null;
  #compaction: Compaction;
  #deletion: Deletion | null = null;
  /** Somebody was in it; a room that was only asked something is unloaded at once. */
  #visited = false;

  constructor(name: string, type: RoomType, storage: Storage, fence: Fence, host: RoomHost) {
    this.name = name;
    this.type = type;
    this.storage = storage;
    this.fence = fence;
    this.#host = host;
    this.#audience = new Audience(name, host.deliver);
    const size = () => this.#audience.size;
    this.intake = new Intake((items) => this.take(items), size);
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

  /** Takes everything that is waiting for this room, in order, but for those who join (`joinsFirst`). */
  take(items: Item[]): void {
    if (this.#deletion) items = this.#deletion.sift(items, (old) => refuse(old, DELETED, this.#audience, this.#host));
    switch (this.#state.kind) {
      case "loading":
      case "deleting":
        for (const item of items) this.#state.queue.push(item);
        return;
      case "live": {
        const left = joinsFirst(items);
        try {
          this.#process(this.#state.room, left);
        } catch (error) {
          this.#fail(error, left);
        }
        return;
      }
      case "refused":
        refuse(items, UNREADABLE, this.#audience, this.#host);
        return;
      case "gone":
        // Lost to another worker: the entries are not acknowledged, so that one reads them again.
        return;
    }
  }

  async #load(): Promise<void> {
    const loading = () => this.#state.kind === "loading";
    const opened = await openRoom(this.name, this.type, this.storage, this.#host.log, loading);
    if (!opened || this.#state.kind !== "loading") return;
    const { queue } = this.#state;
    const { stored, room } = opened;
    if (!room) {
      this.#state = { kind: "refused" };
      refuse(queue, UNREADABLE, this.#audience, this.#host);
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
    refuse(items, UNREADABLE, this.#audience, this.#host);
    void this.#host.persistence.flush([this]).then(() => {
      this.intake.flush();
      this.#leave();
    });
  }

  /** Takes out of `items` what it has carried out. */
  #process(room: Room, items: Item[]): void {
    while (items.length > 0) {
      const frames = items.findIndex(({ message }) => message.type !== "receive");
      if (frames !== 0) {
        const batch = frames === -1 ? [...items] : items.slice(0, frames);
        this.#receive(room, batch);
        items.splice(0, batch.length);
        continue;
      }
      this.#manage(room, items[0] as Item);
      items.shift();
      // Deleted: what follows is not for this Room any more.
      if (this.#state.kind !== "live") return void this.take(items.splice(0));
    }
    this.#considerRemoval(room);
  }

  #receive(room: Room, items: Item[]): void {
    this.#carryOut(room, room.receive(framesOf(items), Date.now()), releasesOf(items));
  }

  #manage(room: Room, { message, server, release }: Item): void {
    switch (message.type) {
      case "connect": {
        const { connection, member, options, resync } = message;
        this.#visited = true;
        const id = this.#audience.join(server, connection);
        this.#carryOut(room, room.connect({ id, member, options }, resync), [release]);
        return;
      }
      case "disconnect":
        this.#carryOut(room, room.disconnect(this.#audience.part(server, message.connection)), [release]);
        return;
      case "request":
        this.#answer(room, message, server, release);
    }
  }

  #answer(room: Room, message: Extract<RoomMessage, { type: "request" }>, server: string, release: Release): void {
    const exists = this.#state.kind === "live" && (this.#state.stored || room.connections.size > 0);
    const end = (response: Response) => {
      this.#host.deliver(server, { type: "response", request: message.request, ...response });
      release();
    };
    carryOutRequest(message, exists ? room : null, end, {
      edit: (update, author) => this.#carryOut(room, room.edit(update, author), [() => end(DONE)]),
      delete: () => void this.#delete(room, () => end(DONE)),
    });
  }

  async #delete(room: Room, onGone: () => void): Promise<void> {
    const deleting: RoomState = { kind: "deleting", queue: [] };
    this.#state = deleting;
    this.#deletion = new Deletion();
    this.#stay();
    this.#audience.closeAll(DELETED.code, DELETED.reason);
    await this.#host.persistence.flush([this]);
    await this.#compaction.idle();
    room.destroy();
    const { name, storage, fence, type } = this;
    const erased = await insist(
      () => storage.delete(name, fence),
      () => this.#state === deleting,
      (error) => this.#host.log.error({ err: error, room: name }, "cannot delete the room; trying again"),
    );
    if (erased?.value) onGone();
    if (this.#state !== deleting) return;
    // Another worker owns the room, and reads the request again.
    if (!erased?.value) return void this.onFenced();
    this.#compaction = new Compaction(name, storage, fence, this.#host.log);
    this.#state = { kind: "live", room: new Room(name, type), stored: false };
    this.take(deleting.queue);
  }

  /** Sends what the room answered; broadcasts go out before the commit, "saved" after it. */
  #carryOut(room: Room, outcome: Outcome, releases: Release[]): void {
    const { persistence, log } = this.#host;
    sendOutcome(outcome, room, this.#audience, log);
    this.intake.answered(outcome.replies.reduce((most, { frame }) => Math.max(most, frame.length), 0));
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
    if (this.#compaction.isDue(this.type.compactAfter)) void this.#compact();
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
      for (const connection of this.#audience.forget(server)) this.#carryOut(room, room.disconnect(connection), []);
    }
    this.#carryOut(room, room.expire(now), []);
    this.#considerRemoval(room);
  }

  #considerRemoval(room: Room): void {
    if (room.connections.size > 0) {
      this.#stay();
    } else if (!this.#removal && this.#state.kind === "live") {
      const delay = Math.max(this.#visited ? this.type.removeRoomDelay : 0, this.#deletion ? REMEMBER : 0);
      this.#removal = setTimeout(() => void this.unload(), delay);
    }
  }

  #stay(): void {
    if (this.#removal) clearTimeout(this.#removal);
    this.#removal = null;
  }

  /** Saves and loads the room anew, its connections start over; answers false if saving takes longer than `limit` ms. */
  async restart(reason: string, limit: number): Promise<boolean> {
    const saved = await within(limit, this.#host.persistence.flush([this]));
    const state = this.#state;
    if (!saved || state.kind !== "live") return false;
    this.#stay();
    this.#state = { kind: "loading", queue: [] };
    this.#audience.closeAll(CLOSE.restart, reason);
    await this.#host.persistence.flush([this]);
    await this.#compaction.idle();
    state.room.destroy();
    this.#compaction = new Compaction(this.name, this.storage, this.fence, this.#host.log);
    await this.#load();
    return true;
  }

  /** Commits, compacts, and lets go of the memory; stays if somebody came meanwhile, unless `force`. */
  async unload(force = false): Promise<void> {
    this.#stay();
    await this.#host.persistence.flush([this]);
    if (this.#compaction.isDue(this.type.compactAfter, true)) await this.#compact();
    const state = this.#state;
    // Gives them up only to another worker, which reads the messages again.
    if ((state.kind === "deleting" || state.kind === "loading") && !force) return;
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
    this.#stay();
    if (this.#state.kind === "gone") return;
    if (this.#state.kind === "live") this.#state.room.destroy();
    this.#state = { kind: "gone" };
    this.#host.onGone(this);
  }
}

// A room in this worker, from the first message about it until it is unloaded: loads it once, feeds it in order,
// sends what it answers, hands its edits to persistence, compacts and unloads it. What a message means for the
// document is decided in room.ts alone.
import type { RoomMessage } from "#lib/messages.ts";
import { CLOSE } from "#lib/protocol.ts";
import type { RoomReport } from "#lib/reports.ts";
import type { RoomType } from "#lib/room-types.ts";
import { Audience } from "./audience.ts";
import { sendOutcome, sendSaved } from "./carry-out.ts";
import { Compaction } from "./compaction.ts";
import { Deletion, erase, REMEMBER } from "./deletion.ts";
import { carryOutRequest, DONE, type Response } from "./document-api.ts";
import { TOO_LONG, TookTooLong } from "./effort.ts";
import { Intake } from "./intake.ts";
import { openRoom } from "./open-room.ts";
import { largestReply, type Outcome } from "./outcome.ts";
import type { Persistence, Saved } from "./persistence.ts";
import { DELETED, FAILED, refuse, TOO_HEAVY, UNREADABLE } from "./refusal.ts";
import { Removal } from "./removal.ts";
import { Room } from "./room.ts";
import { framesOf, type Item, type RoomHost, type RoomState, releasesOf } from "./room-host.ts";
import { reportRoom } from "./room-report.ts";
import type { Fence, Storage } from "./storage/storage.ts";
import type { Release } from "./ticket.ts";
import { Turns } from "./turns.ts";
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
  readonly audience: Audience;
  readonly #host: RoomHost;
  readonly #persistence: Persistence;
  #state: RoomState = { kind: "loading", queue: [] };
  readonly #removal = new Removal(() => void this.unload());
  readonly #turns: Turns;
  #compaction: Compaction;
  #deletion: Deletion | null = null;
  /** Somebody was in it; a room that was only asked something is unloaded at once. */
  #visited = false;

  constructor(name: string, type: RoomType, storage: Storage, fence: Fence, host: RoomHost, term: string) {
    this.name = name;
    this.type = type;
    this.storage = storage;
    this.fence = fence;
    this.#host = host;
    this.#persistence = host.persistence(storage);
    this.audience = new Audience(name, term, host.deliver);
    this.#turns = new Turns({
      receive: (frames) => this.#receive(frames),
      manage: (item) => this.#manage(item),
      goesOn: () => this.#state.kind === "live",
      again: (left) => this.take(left),
      onError: (error, left) => this.#fail(error, left),
    });
    this.intake = new Intake(
      (items) => this.take(items),
      () => this.audience.size,
    );
    this.#compaction = this.#newCompaction();
    void this.#load();
  }

  /** What an administrator may know. */
  report(): RoomReport {
    return reportRoom(this, this.#state, this.#compaction, this.#persistence.waitingSince(this));
  }

  /** Takes everything that is waiting for this room, in order, but for those who join (`joinsFirst`). */
  take(items: Item[]): void {
    if (this.#deletion) items = this.#deletion.sift(items, (old) => refuse(old, DELETED, this.audience, this.#host));
    switch (this.#state.kind) {
      case "loading":
      case "deleting":
        for (const item of items) this.#state.queue.push(item);
        return;
      case "live":
        this.#turns.take(items);
        this.#considerRemoval();
        return;
      case "refused":
        refuse(items, UNREADABLE, this.audience, this.#host);
        return;
      case "gone":
        // Lost to another worker: the entries are not acknowledged, so that one reads them again.
        return;
    }
  }

  #newCompaction(): Compaction {
    return new Compaction(this.name, this.storage, this.fence, this.#host.log);
  }

  async #load(former: Room | null = null): Promise<void> {
    const loading = () => this.#state.kind === "loading";
    const opened = await openRoom(this.name, this.type, this.storage, this.#host.log, loading, former);
    if (!opened || this.#state.kind !== "loading") return;
    const { queue } = this.#state;
    const { stored, room } = opened;
    if (!room) {
      this.#state = { kind: "refused" };
      refuse(queue, UNREADABLE, this.audience, this.#host);
      setTimeout(() => this.#leave(), REFUSED_FOR).unref();
      return;
    }
    if (stored) this.#compaction.found(stored);
    this.#state = { kind: "live", room, stored: stored !== null };
    if (former) this.#carryOut(room, room.announce(), []);
    this.take(queue);
  }

  /**
   * The document may be half changed: it is loaded anew, and its people notice nothing. Nothing came out of the batch, so its
   * messages are taken again, now one at a time; the one that does it again is refused (if it was the machine: for now).
   */
  #fail(error: unknown, items: Item[]): void {
    if (this.#state.kind !== "live") return;
    const culprit = this.#turns.blame(items);
    const isTooLong = error instanceof TookTooLong;
    if (culprit?.message.type === "receive" && isTooLong) this.#host.effort.spend(culprit.message.userId, TOO_LONG);
    if (culprit) refuse([culprit], isTooLong && error.wasBusy ? TOO_HEAVY : FAILED, this.audience, this.#host);
    this.#host.log.error({ err: error, room: this.name, messages: items.length }, "the room failed; it is loaded anew");
    void this.#reload(this.#state.room, items);
  }

  async #reload(former: Room, queue: Item[], keepPeople = true): Promise<void> {
    this.#state = { kind: "loading", queue };
    await this.flush();
    await this.#compaction.idle();
    former.destroy();
    this.#compaction = this.#newCompaction();
    await this.#load(keepPeople ? former : null);
  }

  /** Answers how many of them it has taken. */
  #receive(items: Item[]): number {
    if (this.#state.kind !== "live") return 0;
    const { room } = this.#state;
    const outcome = room.receive(framesOf(items), performance.now(), this.#host.effort);
    this.#carryOut(room, outcome, releasesOf(items.slice(0, outcome.taken)));
    return outcome.taken;
  }

  #manage({ message, server, release }: Item): void {
    if (this.#state.kind !== "live") return;
    const { room } = this.#state;
    switch (message.type) {
      case "connect": {
        const { connection, member, options, resync, state } = message;
        this.#visited = true;
        const id = this.audience.join(server, connection, state);
        this.#carryOut(room, room.connect({ id, member, options }, resync), [release]);
        return;
      }
      case "disconnect": {
        const id = this.audience.part(server, message.connection);
        this.#carryOut(room, room.disconnect(id, performance.now(), message.clients), [release]);
        return;
      }
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
    this.#removal.cancel();
    this.audience.closeAll(DELETED.code, DELETED.reason);
    await this.flush();
    await this.#compaction.idle();
    room.destroy();
    const erased = await erase(this, this.#host.log, () => this.#state === deleting);
    if (erased) onGone();
    if (this.#state !== deleting) return;
    // Another worker owns the room, and reads the request again.
    if (!erased) return void this.onFenced();
    this.#compaction = this.#newCompaction();
    this.#state = { kind: "live", room: new Room(this.name, this.type), stored: false };
    this.take(deleting.queue);
  }

  /** Sends what the room answered; broadcasts go out before the commit, "saved" after it. */
  #carryOut(room: Room, outcome: Outcome, releases: Release[]): void {
    const persistence = this.#persistence;
    sendOutcome(outcome, room, this.audience, this.#host.log);
    this.intake.answered(largestReply(outcome));
    if (outcome.edited && this.#state.kind === "live") this.#state.stored = true;
    if (outcome.edited || !persistence.isClean(this)) {
      persistence.add(this, outcome.edited?.updates ?? [], outcome.edited?.authors ?? [], outcome.saved, releases);
    } else {
      sendSaved(outcome.saved, this.#host);
      for (const release of releases) release();
    }
  }

  onCommitted(id: bigint, bytes: number, saved: Map<string, number>): void {
    if (bytes > 0) this.#compaction.count(1, bytes, id);
    sendSaved(saved, this.#host);
    if (this.#compaction.isDue(this.type.compactAfter)) void this.#compact();
  }

  /** From now on nothing is answered, and nothing acknowledged, until the partition is given up. */
  onFenced(): void {
    this.#end();
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
    for (const server of [...this.audience.servers()].filter(isGone)) {
      for (const id of this.audience.forget(server)) this.#carryOut(room, room.disconnect(id, now), []);
    }
    this.#carryOut(room, room.expire(now), []);
    this.#considerRemoval();
  }

  #considerRemoval(): void {
    if (this.#state.kind !== "live") return;
    if (this.#state.room.connections.size > 0) this.#removal.cancel();
    else this.#removal.plan(Math.max(this.#visited ? this.type.removeRoomDelay : 0, this.#deletion ? REMEMBER : 0));
  }

  /** Saves and loads the room anew, its connections start over; answers false if saving takes longer than `limit` ms. */
  async restart(reason: string, limit: number): Promise<boolean> {
    const saved = await within(limit, this.flush());
    const state = this.#state;
    if (!saved || state.kind !== "live") return false;
    this.#removal.cancel();
    this.audience.closeAll(CLOSE.restart, reason);
    await this.#reload(state.room, [], false);
    return true;
  }

  /** Resolves when everything that came so far is committed, or will never be. */
  flush(): Promise<void> {
    return this.#persistence.flush([this]);
  }

  /** Commits, compacts, and lets go of the memory; stays if somebody came meanwhile, unless `force`. */
  async unload(force = false): Promise<void> {
    this.#removal.cancel();
    await this.flush();
    if (this.#compaction.isDue(this.type.compactAfter, true)) await this.#compact();
    const state = this.#state;
    // Gives them up only to another worker, which reads the messages again.
    if ((state.kind === "deleting" || state.kind === "loading") && !force) return;
    const busy = this.#turns.isWaiting || this.intake.isWaiting || !this.#persistence.isClean(this);
    const wanted = state.kind === "live" && (busy || state.room.connections.size > 0);
    if (wanted && !force) this.#considerRemoval();
    else this.#leave();
  }

  /** Another worker owns the room: forget it without a write. */
  abandon(): void {
    this.#persistence.drop(this);
    this.#leave();
  }

  #leave(): void {
    if (this.#state.kind === "gone") return;
    if (this.#state.kind === "refused") this.intake.flush();
    this.#end();
    this.#host.onGone(this);
  }

  #end(): void {
    this.#removal.cancel();
    if (this.#state.kind === "live") this.#state.room.destroy();
    this.#state = { kind: "gone" };
  }
}

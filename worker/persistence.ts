// Commits what rooms edited to one storage: collects updates for a short, bounded time, writes those of all rooms that
// are due in one transaction, and only then releases log entries and lets "saved" go out. Never gives an edit up: while
// the store cannot be reached it keeps everything and tries again.
import * as Y from "yjs";
import type { Log } from "#lib/log.ts";
import { workerMetrics } from "#lib/metrics.ts";
import type { RoomType } from "#lib/room-types.ts";
import type { Append, Fence, Storage } from "./storage/storage.ts";
import type { Release } from "./ticket.ts";

/** The longest pause between two attempts while the store is away, ms. */
const RETRY_MAX = 5_000;
/** ms that the next commit waits for each row of the last one, and at most: many busy rooms travel together. A worker
 * with half of the rooms shall not commit twice as often for it: from some rooms on all of them reach the most. */
const PAUSE_PER_ROW = 5;
const PAUSE_MAX = 100;

/** The part of a live room that persistence deals with. */
export interface Saved {
  readonly name: string;
  readonly fence: Fence;
  readonly type: Pick<RoomType, "autosaveDelay" | "autosaveMaxWait">;
  /** Everything up to log row `id` is stored; `saved` are the connections to tell. */
  onCommitted(id: bigint, bytes: number, saved: Map<string, number>): void;
  /** Another worker owns the room now; nothing was written. */
  onFenced(): void;
}

interface Pending {
  updates: Uint8Array[];
  authors: Set<string>;
  saved: Map<string, number>;
  releases: Release[];
  /** Number of its first `add`, and when that was. */
  from: number;
  first: number;
  due: number;
}

export class Persistence {
  #pending = new Map<Saved, Pending>();
  #writing = new Map<Saved, Pending>();
  /** Rooms that were dropped while a commit of theirs was running. */
  #dropped = new WeakSet<Saved>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  /** No commit starts before, unless somebody waits for it. */
  #pausedUntil = 0;
  #failures = 0;
  #added = 0;
  readonly #storage: Storage;
  readonly #log: Log;
  readonly #atOnce: boolean;

  /** `atOnce`: nothing but a commit outlives this process, so none is put off. */
  constructor(storage: Storage, log: Log, { atOnce = false } = {}) {
    this.#storage = storage;
    this.#log = log;
    this.#atOnce = atOnce;
  }

  /** Nothing of this room is waiting for a commit, or being committed. */
  isClean(room: Saved): boolean {
    return !this.#pending.has(room) && !this.#writing.has(room);
  }

  /** Rooms with edits that are not in the database yet. */
  get dirty(): number {
    return this.#pending.size + this.#writing.size;
  }

  /** When the oldest edit of this room that is not in the database yet was handed over (performance.now()), or null. */
  waitingSince(room: Saved): number | null {
    return (this.#writing.get(room) ?? this.#pending.get(room))?.first ?? null;
  }

  /** Takes over what a room wants committed. Without updates, `saved` and `releases` wait for those before them. */
  add(room: Saved, updates: Uint8Array[], authors: string[], saved: Map<string, number>, releases: Release[]): void {
    const now = performance.now();
    const from = ++this.#added;
    let pending = this.#pending.get(room);
    if (!pending) {
      pending = { updates: [], authors: new Set(), saved: new Map(), releases: [], from, first: now, due: now };
      this.#pending.set(room, pending);
    }
    pending.updates.push(...updates);
    for (const author of authors) pending.authors.add(author);
    for (const [connection, sequence] of saved) pending.saved.set(connection, sequence);
    pending.releases.push(...releases);
    const { autosaveDelay, autosaveMaxWait } = room.type;
    pending.due = this.#atOnce ? now : Math.min(now + autosaveDelay, pending.first + autosaveMaxWait);
    this.#schedule();
  }

  /** Forgets a room whose owner is another worker now; its log entries stay for that one. */
  drop(room: Saved): void {
    this.#pending.delete(room);
    this.#dropped.add(room);
    // What comes next is a new beginning, and does not wait for the end of a pause.
    if (this.#pending.size + this.#writing.size === 0) this.#failures = 0;
  }

  /** Resolves when everything that is waiting now for `rooms` (for all, by default) is committed or dropped. */
  async flush(rooms?: Iterable<Saved>): Promise<void> {
    const wanted = rooms ? new Set(rooms) : null;
    const goal = this.#added;
    const isOpen = ([room, { from }]: [Saved, Pending]) => from <= goal && (!wanted || wanted.has(room));
    const open = () => [...this.#pending, ...this.#writing].some(isOpen);
    while (open()) {
      for (const entry of this.#pending) if (isOpen(entry)) entry[1].due = 0;
      await this.#run();
      if (open() && this.#failures > 0) await new Promise((resolve) => setTimeout(resolve, this.#pause()));
    }
  }

  #schedule(): void {
    if (this.#running || this.#timer) return;
    let due = Number.POSITIVE_INFINITY;
    for (const pending of this.#pending.values()) due = Math.min(due, pending.due);
    if (due === Number.POSITIVE_INFINITY) return;
    const wait = this.#failures > 0 ? this.#pause() : Math.max(due, this.#pausedUntil) - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        void this.#run();
      },
      Math.max(0, wait),
    );
  }

  #pause(): number {
    return Math.min(RETRY_MAX, 100 * 2 ** this.#failures);
  }

  /** One commit at a time: what arrives meanwhile travels together in the next one. */
  #run(): Promise<void> {
    this.#running ??= this.#commitDue().finally(() => {
      this.#running = null;
      this.#schedule();
    });
    return this.#running;
  }

  async #commitDue(): Promise<void> {
    const now = performance.now() + 2;
    const rooms: [Saved, Pending][] = [];
    for (const [room, pending] of this.#pending) {
      if (pending.due > now) continue;
      this.#pending.delete(room);
      this.#writing.set(room, pending);
      rooms.push([room, pending]);
    }
    if (rooms.length === 0) return;
    try {
      await this.#commit(rooms);
      if (this.#failures > 0) this.#log.info({ rooms: rooms.length }, "storage is back");
      this.#failures = 0;
    } catch (error) {
      workerMetrics.commitFailures.inc();
      if (this.#failures++ === 0)
        this.#log.error({ err: error, rooms: rooms.length }, "storage failed; keeping the edits and trying again");
      for (const [room, pending] of rooms) if (this.#writing.get(room) === pending) this.#putBack(room, pending);
    }
  }

  async #commit(rooms: [Saved, Pending][]): Promise<void> {
    const rows: Append[] = [];
    for (const [room, pending] of rooms) {
      this.#merge(room, pending);
      for (const update of pending.updates) {
        rows.push({ room: room.name, update, authors: [...pending.authors], fence: room.fence });
      }
    }
    const asked = performance.now();
    const ids = rows.length > 0 ? await this.#storage.append(rows) : [];
    if (!this.#atOnce) this.#pausedUntil = performance.now() + Math.min(PAUSE_MAX, rows.length * PAUSE_PER_ROW);
    if (rows.length > 0) observeCommit(rows.length, asked, rooms);
    let row = 0;
    for (const [room, pending] of rooms) {
      this.#writing.delete(room);
      const own = ids.slice(row, row + pending.updates.length);
      row += own.length;
      const bytes = pending.updates.reduce((sum, { length }) => sum + length, 0);
      this.#settle(room, pending, own.includes(null) ? null : (own.at(-1) ?? 0n), bytes);
    }
  }

  /** One row for each room, and kept merged, so that a retry does not merge again. */
  #merge(room: Saved, pending: Pending): void {
    if (pending.updates.length < 2) return;
    try {
      pending.updates = [Y.mergeUpdates(pending.updates)];
    } catch (error) {
      this.#log.error({ err: error, room: room.name }, "cannot merge the updates of a room; storing each of them");
    }
  }

  #settle(room: Saved, pending: Pending, id: bigint | null, bytes: number): void {
    if (id === null) {
      this.drop(room);
      room.onFenced();
      return;
    }
    room.onCommitted(id, bytes, pending.saved);
    for (const release of pending.releases) release();
  }

  #putBack(room: Saved, pending: Pending): void {
    this.#writing.delete(room);
    if (this.#dropped.has(room)) return;
    const later = this.#pending.get(room);
    if (later) {
      pending.updates.push(...later.updates);
      for (const author of later.authors) pending.authors.add(author);
      for (const [connection, sequence] of later.saved) pending.saved.set(connection, sequence);
      pending.releases.push(...later.releases);
    }
    this.#pending.set(room, pending);
  }
}

function observeCommit(rows: number, asked: number, rooms: [Saved, Pending][]): void {
  const now = performance.now();
  let first = now;
  for (const [, pending] of rooms) first = Math.min(first, pending.first);
  workerMetrics.commit.observe((now - asked) / 1000);
  workerMetrics.commitRooms.observe(rows);
  workerMetrics.commitWait.observe((now - first) / 1000);
}

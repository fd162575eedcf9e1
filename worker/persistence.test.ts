// Persistence with a store that fails or takes its time, on a clock that the test turns.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { Persistence, type Saved } from "./persistence.ts";
import type { Append, Storage } from "./storage/storage.ts";
import { silent } from "./testing/town.ts";

const type = { autosaveDelay: 20, autosaveMaxWait: 200 };
/** ms that a commit may put the next one off. */
const PAUSE_MAX = 100;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A store of which only `append` is of interest: it keeps what it takes, and answers as it is told. */
class Store {
  readonly attempts: { at: number; rooms: string[] }[] = [];
  readonly rows: Append[] = [];
  isAway = false;
  /** Rows under an older epoch are not written. */
  epoch = 1n;
  #held: Promise<void> | null = null;

  /** What is asked from now on waits for the answered function. */
  hold(): () => void {
    let release = () => {};
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.#held = null;
      release();
    };
  }

  async append(rows: Append[]): Promise<(bigint | null)[]> {
    this.attempts.push({ at: performance.now(), rooms: rows.map(({ room }) => room) });
    await this.#held;
    if (this.isAway) throw new Error("away");
    return rows.map((row) => (row.fence.epoch < this.epoch ? null : BigInt(this.rows.push(row))));
  }

  textOf(room: string): string {
    const doc = new Y.Doc();
    for (const row of this.rows) if (row.room === room) Y.applyUpdate(doc, row.update);
    return doc.getText("t").toString();
  }
}

/** A room somebody types into, one word a frame; it remembers what persistence told it. */
class Typed implements Saved {
  readonly fence = { channel: "yroom", partition: 0, epoch: 1n };
  readonly type = type;
  readonly name: string;
  readonly persistence: Persistence;
  /** Frames that were called saved, and log entries that were let go, in that order. */
  readonly saved: number[] = [];
  readonly released: number[] = [];
  fenced = 0;
  readonly #doc = new Y.Doc();
  #frames = 0;

  constructor(name: string, persistence: Persistence) {
    this.name = name;
    this.persistence = persistence;
    this.#doc.on("update", (update: Uint8Array) => this.#add([update]));
  }

  word(word: string): void {
    const text = this.#doc.getText("t");
    text.insert(text.length, word);
  }

  /** A frame with nothing new in it. */
  repeat(): void {
    this.#add([]);
  }

  onCommitted(_id: bigint, _bytes: number, saved: Map<string, number>): void {
    this.saved.push(...saved.values());
  }

  onFenced(): void {
    this.fenced++;
  }

  #add(updates: Uint8Array[]): void {
    const frame = ++this.#frames;
    this.persistence.add(this, updates, [`u${frame % 2}`], new Map([["c", frame]]), [() => this.released.push(frame)]);
  }
}

function begin() {
  const store = new Store();
  const persistence = new Persistence(store as unknown as Storage, silent);
  return { store, persistence, room: new Typed("a", persistence) };
}

test("what is typed in a moment becomes one row, and only then is called saved", async () => {
  const { store, persistence, room } = begin();
  for (const word of ["one ", "two ", "three "]) room.word(word);
  expect(persistence.isClean(room)).toBe(false);
  await vi.advanceTimersByTimeAsync(type.autosaveDelay - 3);
  expect([store.rows.length, room.saved, room.released]).toEqual([0, [], []]);
  await vi.advanceTimersByTimeAsync(3);
  expect(store.rows).toHaveLength(1);
  expect(store.textOf("a")).toBe("one two three ");
  expect([room.saved, room.released]).toEqual([[3], [1, 2, 3]]);
  expect(persistence.isClean(room)).toBe(true);
});

test("[P2] what could not be written is written later, in its order, merged with what came meanwhile", async () => {
  const { store, persistence, room } = begin();
  store.isAway = true;
  room.word("one ");
  await vi.advanceTimersByTimeAsync(100);
  expect(store.attempts.length).toBeGreaterThan(0);
  room.word("two ");
  await vi.advanceTimersByTimeAsync(1_000);
  room.word("three ");
  const attempts = store.attempts.length;
  expect([room.saved, room.released, persistence.dirty]).toEqual([[], [], 1]);
  store.isAway = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(store.attempts.length).toBe(attempts + 1);
  expect(store.rows.map(({ authors }) => authors)).toEqual([["u1", "u0"]]);
  expect(store.textOf("a")).toBe("one two three ");
  expect([room.saved, room.released, persistence.dirty]).toEqual([[3], [1, 2, 3], 0]);
});

test("a store that stays away is asked less and less often, and not more often for those who type", async () => {
  const { store, room } = begin();
  store.isAway = true;
  for (let n = 0; n < 600; n++) {
    room.word("x");
    await vi.advanceTimersByTimeAsync(100);
  }
  const pauses = store.attempts.slice(1).map(({ at }, n) => at - (store.attempts[n]?.at ?? 0));
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBe(5_000);
  expect(pauses.length).toBeLessThan(20);
});

test("[P2] an edit during a commit is not called saved with it: it waits for the next one", async () => {
  const { store, persistence, room } = begin();
  const release = store.hold();
  room.word("one ");
  await vi.advanceTimersByTimeAsync(50);
  expect(store.attempts).toHaveLength(1);
  room.word("two ");
  room.repeat();
  // As long as one commit runs there is no other.
  await vi.advanceTimersByTimeAsync(1_000);
  expect(store.attempts).toHaveLength(1);
  release();
  const second = store.hold();
  await vi.advanceTimersByTimeAsync(50);
  expect([room.saved, room.released]).toEqual([[1], [1]]);
  expect([store.textOf("a"), persistence.isClean(room)]).toEqual(["one ", false]);
  second();
  await vi.advanceTimersByTimeAsync(0);
  expect([room.saved, room.released]).toEqual([
    [1, 3],
    [1, 2, 3],
  ]);
  expect(store.textOf("a")).toBe("one two ");
});

test("[P2] an edit during a commit that fails stays behind what failed", async () => {
  const { store, room } = begin();
  const release = store.hold();
  room.word("one ");
  await vi.advanceTimersByTimeAsync(50);
  room.word("two ");
  store.isAway = true;
  release();
  await vi.advanceTimersByTimeAsync(50);
  store.isAway = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(store.rows).toHaveLength(1);
  expect(store.textOf("a")).toBe("one two ");
  expect([room.saved, room.released]).toEqual([[2], [1, 2]]);
});

test("nobody who types without a pause waits longer than the maximum for a commit", async () => {
  const { store, room } = begin();
  const waits: number[] = [];
  const typedAt: number[] = [];
  for (let n = 0; n < 300; n++) {
    typedAt.push(performance.now());
    room.word(`w${n} `);
    await vi.advanceTimersByTimeAsync(10);
    for (const at of typedAt.splice(0, room.released.length - waits.length)) waits.push(performance.now() - at);
  }
  expect(waits.length).toBeGreaterThan(250);
  expect(Math.max(...waits)).toBeLessThanOrEqual(type.autosaveMaxWait + PAUSE_MAX + 10);
  // And they are not committed one by one.
  expect(store.attempts.length).toBeLessThan(20);
});

test("[P10] a room that was dropped during a commit is not written again, and its entries are kept", async () => {
  const { store, persistence, room } = begin();
  const release = store.hold();
  room.word("one ");
  await vi.advanceTimersByTimeAsync(50);
  persistence.drop(room);
  store.isAway = true;
  release();
  await vi.advanceTimersByTimeAsync(50);
  store.isAway = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect([store.attempts.length, store.rows.length]).toEqual([1, 0]);
  expect([room.saved, room.released, persistence.dirty]).toEqual([[], [], 0]);
});

test("[P10] a row under an old epoch is refused: its room hears of it, the others of the commit are saved", async () => {
  const { store, persistence, room } = begin();
  const other = new Typed("b", persistence);
  other.fence.epoch = 2n;
  store.epoch = 2n;
  room.word("stale");
  other.word("fresh");
  await vi.advanceTimersByTimeAsync(50);
  expect(store.attempts).toEqual([{ at: expect.any(Number), rooms: ["a", "b"] }]);
  expect([room.fenced, room.saved, room.released]).toEqual([1, [], []]);
  expect([other.fenced, other.saved, other.released]).toEqual([0, [1], [1]]);
  expect([store.textOf("a"), store.textOf("b")]).toEqual(["", "fresh"]);
});

test("flush waits neither for more words nor for a pause, and until a store that is away is back", async () => {
  const { store, persistence, room } = begin();
  room.word("one ");
  await persistence.flush([room]);
  expect(store.textOf("a")).toBe("one ");
  store.isAway = true;
  room.word("two ");
  let flushed = false;
  const flushing = persistence.flush().then(() => {
    flushed = true;
  });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(flushed).toBe(false);
  store.isAway = false;
  await vi.advanceTimersByTimeAsync(5_000);
  await flushing;
  expect(store.textOf("a")).toBe("one two ");
});

test("[P3] where nothing outlives the process a commit begins at once, and the next one when it has ended", async () => {
  const store = new Store();
  const room = new Typed("a", new Persistence(store as unknown as Storage, silent, { atOnce: true }));
  const end = store.hold();
  room.word("one ");
  await vi.advanceTimersByTimeAsync(1);
  expect(store.attempts).toHaveLength(1);
  for (const word of ["two ", "three "]) room.word(word);
  await vi.advanceTimersByTimeAsync(50);
  expect([store.attempts.length, room.saved]).toEqual([1, []]);
  end();
  await vi.advanceTimersByTimeAsync(2);
  expect(store.attempts).toHaveLength(2);
  expect(room.saved).toEqual([1, 3]);
});

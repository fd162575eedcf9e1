import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Pace, TurnBatch } from "./turn-batch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A batch that takes note of what it handed over, and when. */
function create(pace?: Pace) {
  const flushed: { at: number; items: [string, number[]][] }[] = [];
  const batch = new TurnBatch<string, number>(
    (items) => flushed.push({ at: performance.now(), items: [...items] }),
    pace,
  );
  return { batch, flushed };
}

const endTurn = () => vi.advanceTimersByTimeAsync(0);

test("what one turn adds is handed over at its end, by key and in order", async () => {
  const { batch, flushed } = create();
  batch.add("a", 1);
  batch.add("b", 2);
  batch.add("a", 3);
  expect(flushed).toEqual([]);
  await endTurn();
  expect(flushed.map(({ items }) => items)).toEqual([
    [
      ["a", [1, 3]],
      ["b", [2]],
    ],
  ]);
});

test("in calm times nobody waits, under load a batch stays open longer the more there is, and calm comes back", async () => {
  const { batch, flushed } = create({ calm: 100, perMs: 250, longest: 4 });
  batch.add("a", 0);
  await endTurn();
  expect(flushed).toHaveLength(1);
  // 1,000 a second for 100 ms.
  for (let n = 1; n <= 100; n++) {
    batch.add("a", n);
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(10);
  expect(flushed.flatMap(({ items }) => items.flatMap(([, numbers]) => numbers))).toEqual([...Array(101).keys()]);
  expect(flushed.length).toBeLessThan(90);
  const last = flushed.at(-1)?.items[0]?.[1] ?? [];
  expect(last.length).toBeGreaterThan(1);

  await vi.advanceTimersByTimeAsync(500);
  batch.add("a", 101);
  await endTurn();
  expect(flushed.at(-1)?.items).toEqual([["a", [101]]]);
});

test("what has patience goes with the next that has none, in order, and at last by itself", async () => {
  const { batch, flushed } = create();
  batch.add("a", 1, 25);
  await vi.advanceTimersByTimeAsync(10);
  batch.add("a", 2, 25);
  batch.add("a", 3);
  batch.add("a", 4, 25);
  await endTurn();
  batch.add("a", 5, 25);
  await vi.advanceTimersByTimeAsync(24);
  expect(flushed.map(({ items }) => items)).toEqual([[["a", [1, 2, 3, 4]]]]);
  await vi.advanceTimersByTimeAsync(1);
  expect(flushed.map(({ items }) => items)).toEqual([[["a", [1, 2, 3, 4]]], [["a", [5]]]]);
});

test("a flush does not wait, and leaves nothing for later", async () => {
  const { batch, flushed } = create({ calm: 0, perMs: 1, longest: 50 });
  await vi.advanceTimersByTimeAsync(100);
  batch.add("a", 1);
  batch.flush();
  batch.flush();
  expect(flushed).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(flushed).toHaveLength(1);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Intake } from "./intake.ts";
import type { Item } from "./room-host.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An intake for so many connections, what was taken (by number), and how to add. */
function create(connections: number) {
  const taken: number[][] = [];
  const intake = new Intake(
    (items) => taken.push(items.map(({ message }) => (message as { connection: number }).connection)),
    () => connections,
  );
  const add = (...numbers: number[]) => {
    const items = numbers.map((connection): Item => {
      return { message: { type: "disconnect", room: "r", connection, clients: [] }, server: "s", release: () => {} };
    });
    intake.add(items);
  };
  return { taken, add, flush: () => intake.flush(), answered: (bytes: number) => intake.answered(bytes) };
}

test("a small room waits for nothing", () => {
  const { taken, add } = create(24);
  add(1);
  add(2);
  expect(taken).toEqual([[1], [2]]);
});

test("in a crowd the first goes at once, the next together and in order, and after a pause nobody waits", () => {
  const { taken, add } = create(250);
  add(1);
  add(2, 3);
  vi.advanceTimersByTime(4);
  add(4);
  expect(taken).toEqual([[1]]);
  vi.advanceTimersByTime(4);
  expect(taken).toEqual([[1], [2, 3, 4]]);
  vi.advanceTimersByTime(10);
  add(5);
  expect(taken).toEqual([[1], [2, 3, 4], [5]]);
});

test("what waits can be handed over at once, and is not handed over again", () => {
  const { taken, add, flush } = create(250);
  add(1);
  add(2);
  flush();
  expect(taken).toEqual([[1], [2]]);
  vi.advanceTimersByTime(20);
  flush();
  expect(taken).toEqual([[1], [2]]);
});

test("after a large answer those who come meanwhile are taken together, however few are there; a small one keeps nobody", () => {
  const { taken, add, answered } = create(1);
  add(1);
  answered(1024);
  add(2);
  expect(taken).toEqual([[1], [2]]);
  answered(256 * 1024);
  add(3);
  vi.advanceTimersByTime(5);
  add(4);
  expect(taken).toEqual([[1], [2]]);
  vi.advanceTimersByTime(3);
  expect(taken).toEqual([[1], [2], [3, 4]]);
  add(5);
  expect(taken).toEqual([[1], [2], [3, 4], [5]]);
});

test("not even the largest answer keeps anybody for more than 30 ms", () => {
  const { taken, add, answered } = create(1);
  answered(60 * 1024 * 1024);
  add(1);
  vi.advanceTimersByTime(29);
  expect(taken).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(taken).toEqual([[1]]);
});

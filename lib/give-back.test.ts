import { getHeapSpaceStatistics } from "node:v8";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { collectAll, startGiveBack } from "./give-back.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

test("[P9] collects once after a crowd has come or gone, and not for a few", async () => {
  let people = 0;
  const collect = vi.fn(async () => {});
  const stop = startGiveBack(() => people, collect);
  const look = async () => {
    // Real time passes in which nothing is done.
    await new Promise((resolve) => setTimeout(resolve, 50));
    vi.advanceTimersByTime(2_000);
  };
  people = 99;
  await look();
  expect(collect).toHaveBeenCalledTimes(0);
  people = 500;
  await look();
  await look();
  expect(collect).toHaveBeenCalledTimes(1);
  people = 0;
  await look();
  await look();
  expect(collect).toHaveBeenCalledTimes(2);
  stop();
});

describe("of a few large rooms", () => {
  const MB = 1024 * 1024;
  let [people, heapUsed] = [10, 40 * MB];
  const collect = vi.fn(async () => {
    heapUsed = 20 * MB;
  });
  const look = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    await vi.advanceTimersByTimeAsync(2_000);
  };
  beforeEach(() => {
    [people, heapUsed] = [10, 40 * MB];
    collect.mockClear();
    vi.spyOn(process, "memoryUsage").mockImplementation((() => ({ heapUsed })) as never);
  });
  afterEach(() => void vi.restoreAllMocks());

  test("[P9] collects when the heap has grown since the last time, and somebody left", async () => {
    const stop = startGiveBack(() => people, collect);
    people = 9;
    heapUsed = 60 * MB;
    await look();
    expect(collect).not.toHaveBeenCalled();
    heapUsed = 80 * MB;
    await look();
    await look();
    expect(collect).toHaveBeenCalledTimes(1);
    people = 8;
    await look();
    expect(collect).toHaveBeenCalledTimes(1);
    stop();
  });

  test("[P9] collects a large heap when nobody is left who would wait for it", async () => {
    const stop = startGiveBack(() => people, collect);
    people = 1;
    heapUsed = 400 * MB;
    await look();
    expect(collect).not.toHaveBeenCalled();
    people = 0;
    await look();
    expect(collect).toHaveBeenCalledTimes(1);
    stop();
  });
});

test("does not stop a process that is busy", async () => {
  let people = 0;
  const collect = vi.fn(async () => {});
  const stop = startGiveBack(() => people, collect);
  people = 500;
  const until = performance.now() + 50;
  while (performance.now() < until);
  vi.advanceTimersByTime(2_000);
  expect(collect).not.toHaveBeenCalled();
  stop();
});

test("the collection gives back what a crowd left behind, the space for new objects too", async () => {
  const crowd = () => Array.from({ length: 200_000 }, (_, n) => ({ n, of: [n, String(n)] }));
  let people: unknown[] = [];
  for (let round = 0; round < 10; round++) people = crowd();
  const space = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
  expect(people).toHaveLength(200_000);
  const before = process.memoryUsage().heapUsed;
  expect(space()?.physical_space_size).toBeGreaterThan(4e6);
  people = [];
  await collectAll();
  expect(before - process.memoryUsage().heapUsed).toBeGreaterThan(15e6);
  expect(space()?.physical_space_size).toBeLessThan(4e6);
});

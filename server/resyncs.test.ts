import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Resyncs } from "./resyncs.ts";

let acts: string[][];
let resyncs: Resyncs;
beforeEach(() => {
  vi.useFakeTimers();
  acts = [];
  resyncs = new Resyncs((partitions) => void acts.push([...partitions]));
});
afterEach(() => {
  resyncs.stop();
  vi.useRealTimers();
});

test("a new owner is told at once, and another one within a second after that second", () => {
  resyncs.ask(["a", "b"]);
  expect(acts).toEqual([["a", "b"]]);
  resyncs.ask(["a"]);
  resyncs.ask(["c"]);
  expect(acts.slice(1)).toEqual([["c"]]);
  vi.advanceTimersByTime(999);
  expect(acts).toHaveLength(2);
  vi.advanceTimersByTime(2);
  expect(acts.slice(2)).toEqual([["a"]]);
});

test("[P9] fifty gaps at once are one resync, and those that follow one a second", () => {
  for (let gap = 0; gap < 50; gap++) resyncs.gather(["a", "b"]);
  expect(acts).toEqual([]);
  vi.advanceTimersByTime(251);
  expect(acts).toEqual([["a", "b"]]);
  for (let ms = 0; ms < 3_000; ms += 10) {
    resyncs.gather(["a"]);
    vi.advanceTimersByTime(10);
  }
  expect(acts).toHaveLength(4);
});

test("a new owner in the time of a gap: once for both", () => {
  resyncs.gather(["a", "b"]);
  vi.advanceTimersByTime(100);
  resyncs.ask(["a"]);
  expect(acts).toEqual([["a"]]);
  vi.advanceTimersByTime(5_000);
  expect(acts).toEqual([["a"], ["b"]]);
});

test("nothing follows after its end", () => {
  resyncs.gather(["a"]);
  resyncs.stop();
  vi.advanceTimersByTime(5_000);
  expect(acts).toEqual([]);
});

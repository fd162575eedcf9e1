import { expect, test } from "vitest";
import { Effort, stopAfter, TookTooLong } from "./effort.ts";

test("[P5] a person's edits get a share of a worker's time, and all of it back with time", () => {
  let now = 0;
  const effort = new Effort(() => now);
  for (let n = 0; n < 29; n++) effort.spend("eve", 100);
  expect(effort.allows("eve")).toBe(true);
  effort.spend("eve", 100);
  expect([effort.allows("eve"), effort.allows("ana")]).toEqual([false, true]);
  now += 1_000;
  expect(effort.allows("eve")).toBe(true);
  effort.spend("eve", 200);
  expect(effort.allows("eve")).toBe(false);
  now += 60_000;
  for (let n = 0; n < 29; n++) effort.spend("eve", 100);
  expect(effort.allows("eve")).toBe(true);
});

test("typing costs nothing", () => {
  const effort = new Effort(() => 0);
  for (let n = 0; n < 1_000_000; n++) effort.spend("ana", 0.1);
  expect(effort.allows("ana")).toBe(true);
});

test("[P5] what takes too long is stopped, with no chance to go on in a finally", () => {
  let ended = false;
  const forEver = () => {
    try {
      for (;;);
    } finally {
      ended = true;
    }
  };
  expect(() => stopAfter(20, forEver)).toThrow(TookTooLong);
  expect(ended).toBe(false);
});

test("what is quick answers, and throws, as if nobody watched", () => {
  expect(stopAfter(1_000, () => 42)).toBe(42);
  const own = new RangeError("own");
  expect(() =>
    stopAfter(1_000, () => {
      throw own;
    }),
  ).toThrow(own);
});

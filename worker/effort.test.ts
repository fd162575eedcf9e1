import { expect, test } from "vitest";
import { Effort, stopAfter, TookTooLong } from "./effort.ts";

test("[P5] a person's edits get a share of a worker's time, and all of it back with time", () => {
  let now = 0;
  let worked = 0;
  const effort = new Effort(
    () => now,
    () => (worked += 1_000),
  );
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

test("[P5] what passes while the process, or the machine, stands still is nobody's doing", () => {
  let [now, worked] = [0, 0];
  const effort = new Effort(
    () => now,
    () => worked,
  );
  const work = (ms: number, pause = 0) => {
    const started = effort.begin();
    worked += ms;
    now += ms + pause;
    effort.spend("ana", now - started);
  };
  work(1, 60_000);
  expect(effort.allows("ana")).toBe(true);
  for (let n = 0; n < 29; n++) work(100);
  expect(effort.allows("ana")).toBe(true);
  for (let n = 0; n < 12; n++) work(100);
  expect(effort.allows("ana")).toBe(false);
});

test("[P5] nor is what the process did before, but for a moment", () => {
  let [now, worked] = [0, 0];
  const effort = new Effort(
    () => now,
    () => worked,
  );
  effort.begin();
  now += 5_000;
  worked += 5_000;
  const started = effort.begin();
  now += 6_000;
  worked += 1;
  effort.spend("ana", now - started);
  expect(effort.allows("ana")).toBe(true);
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
  expect(() => stopAfter(100, forEver)).toThrow(TookTooLong);
  expect(ended).toBe(false);
});

test("[P5] what was stopped without a chance to work is told apart from what worked too long", () => {
  const standStill = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
  expect(() => stopAfter(300, standStill)).toThrow(expect.objectContaining({ code: "took-too-long", wasBusy: false }));
  expect(new TookTooLong(1_500, 1_000).wasBusy).toBe(true);
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

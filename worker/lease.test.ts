import { expect, test } from "vitest";
import { PARTITIONS } from "#lib/partition.ts";
import { fairShare } from "./lease.ts";

test.each([1, 2, 3, 5, 16, 20])("[P10] %i workers share all partitions, each has one owner, evenly", (count) => {
  const alive = Array.from({ length: count }, (_, i) => `w${String(i).padStart(2, "0")}`);
  const shares = alive.map((id) => fairShare(id, alive));
  const all = shares.flatMap((share) => [...share]);
  expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: PARTITIONS }, (_, i) => i));
  const sizes = shares.map((share) => share.size);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
});

test("a worker that is not among the living owns nothing", () => {
  expect(fairShare("w9", ["w1", "w2"]).size).toBe(0);
  expect(fairShare("w9", []).size).toBe(0);
});

test.each([
  [1, 8],
  [2, 6],
  [3, 6],
  [4, 6],
  [7, 6],
])("few partitions move when a worker joins %i others, or leaves them", (count, most) => {
  let moved = 0;
  const runs = 40;
  for (let run = 0; run < runs; run++) {
    const before = Array.from({ length: count }, (_, i) => `w${run}-${i}`);
    const after = [...before, `joins-${run}`].toSorted();
    for (const id of before) {
      const kept = fairShare(id, after);
      for (const partition of fairShare(id, before)) if (!kept.has(partition)) moved++;
    }
  }
  expect(moved / runs).toBeLessThanOrEqual(most);
});

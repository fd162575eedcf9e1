import pino from "pino";
import { expect, test, vi } from "vitest";
import type { WorkerLink } from "#lib/channel-layer/channel-layer.ts";
import { PARTITIONS } from "#lib/partition.ts";
import { fairShare, Leases } from "./lease.ts";

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

test("[P10] leases are renewed where their node answers, though the list of workers and other leases are out of reach", async () => {
  let away = false;
  const renewed = new Set<number>();
  const link = {
    beat: async () => (away ? Promise.reject(new Error("away")) : ["w1"]),
    lease: async (partition: number) => {
      if (away && partition % 3 === 0) throw new Error("away");
      renewed.add(partition);
      return true;
    },
  } as unknown as WorkerLink;
  const beats: number[][] = [];
  const handlers = {
    take: async () => {},
    handOver: async () => {},
    lose: async () => {},
    onBeat: (owned: number[]) => void beats.push(owned),
  };
  const leases = new Leases("w1", link, handlers, pino({ level: "silent" }));
  await leases.start();
  expect(beats).toHaveLength(1);
  away = true;
  renewed.clear();
  await vi.waitFor(() => expect(beats.length).toBeGreaterThan(1), 5_000);
  expect([...renewed]).toEqual(Array.from({ length: PARTITIONS }, (_, i) => i).filter((i) => i % 3 !== 0));
  expect(beats.at(-1)).toHaveLength(PARTITIONS);
  away = false;
  Object.assign(link, { release: async () => {} });
  await leases.stop();
});

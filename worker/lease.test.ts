import pino from "pino";
import { expect, test, vi } from "vitest";
import { LEASE_TTL, WORKER_BEAT, type WorkerLink } from "#lib/channel-layer/channel-layer.ts";
import { PARTITIONS } from "#lib/partition.ts";
import { fairShare, type LeaseHandlers, Leases } from "./lease.ts";

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

/** Leases over a link that always says yes, and what was asked of it. */
function setUp(take: (partition: number) => Promise<void> = async () => {}) {
  const renewals = new Map<number, number>();
  const released: number[] = [];
  const changes: string[] = [];
  const link = {
    beat: async () => ["w1"],
    lease: async (partition: number) => {
      renewals.set(partition, (renewals.get(partition) ?? 0) + 1);
      return true;
    },
    release: async (partition: number) => void released.push(partition),
    leave: async () => {},
  };
  const note = (change: string) => async (partition: number) => void changes.push(`${change} ${partition}`);
  const beats: number[][] = [];
  const handlers: LeaseHandlers = {
    take,
    handOver: note("hand over"),
    lose: note("lose"),
    onBeat: (owned: number[]) => void beats.push(owned),
  };
  const leases = new Leases("w1", link as unknown as WorkerLink, handlers, pino({ level: "silent" }));
  return { leases, link, handlers, renewals, released, changes, beats };
}

test("[P10] no lease waits for the database: a partition that is slow to take keeps its lease, and so do the others", async () => {
  let goOn = () => {};
  const slow = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { leases, renewals, changes, beats } = setUp((partition) => (partition === 3 ? slow : Promise.resolve()));
  const started = leases.start();
  await vi.waitFor(() => {
    for (let partition = 0; partition < PARTITIONS; partition++) expect(renewals.get(partition)).toBeGreaterThan(2);
  }, 10_000);
  expect(beats.at(-1)).toHaveLength(PARTITIONS - 1);
  goOn();
  await started;
  await vi.waitFor(() => expect(beats.at(-1)).toHaveLength(PARTITIONS), 5_000);
  expect(changes).toEqual([]);
  await leases.stop();
});

test("[P10] a worker that slept for longer than its leases takes them for lost, though nobody holds them", async () => {
  const { leases, changes, beats } = setUp();
  await leases.start();
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + LEASE_TTL + 1);
  await vi.waitFor(() => expect(changes).toHaveLength(PARTITIONS), 5_000);
  expect(new Set(changes.map((change) => change.split(" ")[0]))).toEqual(new Set(["lose"]));
  await vi.waitFor(() => expect(beats.at(-1)).toHaveLength(PARTITIONS), 5_000);
  vi.restoreAllMocks();
  await leases.stop();
});

test("[P10] a lease that ran out is lost as soon as somebody asks, and the others with the next beat; once each", async () => {
  const { leases, changes, beats } = setUp();
  await leases.start();
  expect(leases.lapsed(3)).toBe(false);
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + LEASE_TTL + 1);
  expect(leases.lapsed(3)).toBe(true);
  expect(changes).toEqual(["lose 3"]);
  await vi.waitFor(() => expect(changes).toHaveLength(PARTITIONS), 5_000);
  await vi.waitFor(() => expect(beats.at(-1)).toHaveLength(PARTITIONS), 5_000);
  expect(new Set(changes).size).toBe(PARTITIONS);
  vi.restoreAllMocks();
  await leases.stop();
});

test("[P10] a worker that stands still in the middle of a beat does not call itself the owner of what it has lost", async () => {
  const { leases, link, beats } = setUp();
  let [late, asleep] = [0, 0];
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + late);
  link.lease = async () => {
    late += asleep;
    asleep = 0;
    return true;
  };
  await leases.start();
  asleep = 2 * LEASE_TTL;
  beats.length = 0;
  await vi.waitFor(() => expect(late).toBeGreaterThan(0), 5_000);
  await vi.waitFor(() => expect(beats.length).toBeGreaterThan(0), 5_000);
  expect(beats[0]).toEqual([]);
  await leases.stop();
  vi.restoreAllMocks();
});

test("[P10] a partition whose hand-over takes longer than a lease lasts is handed over once, and not lost", async () => {
  const { leases, link, handlers, released, changes, beats } = setUp();
  await leases.start();
  const alive = fairShare("w1", ["w1", "w2"]);
  const moving = Array.from({ length: PARTITIONS }, (_, partition) => partition).filter((each) => !alive.has(each));
  let goOn = () => {};
  const saved = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  handlers.handOver = () => saved;
  link.beat = async () => ["w1", "w2"];
  const before = beats.length;
  const patience = LEASE_TTL + 4 * WORKER_BEAT;
  await vi.waitFor(() => expect(beats.length).toBeGreaterThan(before + LEASE_TTL / WORKER_BEAT + 1), 2 * patience);
  expect(changes).toEqual([]);
  goOn();
  await vi.waitFor(() => expect(released.toSorted()).toEqual(moving.toSorted()));
  await leases.stop();
});

test("a worker that is stopped gives back what it was about to take", async () => {
  let allow = (_: boolean) => {};
  const { leases, link, released, changes } = setUp();
  const lease = vi.spyOn(link, "lease");
  // Another worker has partition 5 until this one stops.
  lease.mockImplementation(async (partition) => {
    if (partition !== 5) return true;
    return lease.mock.calls.filter(([other]) => other === 5).length === 1
      ? false
      : new Promise((resolve) => (allow = resolve));
  });
  await leases.start();
  await vi.waitFor(() => expect(lease.mock.calls.filter(([partition]) => partition === 5)).toHaveLength(2));
  const stopped = leases.stop();
  allow(true);
  await stopped;
  expect(released).toContain(5);
  expect(changes).toHaveLength(PARTITIONS - 1);
});

import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { Compaction } from "./compaction.ts";
import { createMemoryStorage } from "./storage/memory.ts";
import { silent, Town } from "./testing/town.ts";

const fence = { channel: "yroom", partition: 0, epoch: 1n };

vi.mock("#lib/room-types.ts", async (original) => {
  const actual = await original<typeof import("#lib/room-types.ts")>();
  return {
    ...actual,
    roomTypeOf: (room: string) => ({ ...actual.roomTypeOf(room), compactAfter: 20, autosaveDelay: 0 }),
  };
});

test("[P9] a long log is compacted into a snapshot, and nothing is lost by it", async () => {
  const town = new Town();
  await town.start();
  const ana = town.join("ana", "prosemirror.d");
  for (let i = 0; i < 50; i++) {
    ana.type("x");
    await vi.waitFor(() => expect(ana.saved).toBe(ana.sequence), { interval: 1 });
  }
  await vi.waitFor(async () => expect((await town.storage.load("prosemirror.d"))?.updates.length).toBeLessThan(20));
  const found = await town.storage.load("prosemirror.d");
  expect(found?.snapshot).not.toBeNull();
  const doc = new Y.Doc();
  for (const update of [found?.snapshot ?? new Uint8Array(), ...(found?.updates ?? [])]) Y.applyUpdate(doc, update);
  expect(doc.getText("t").toString()).toBe("x".repeat(50));
  await town.stop();
});

test("a large document is written anew less often: a row costs at most 100 bytes of snapshot", () => {
  const compaction = new Compaction("prosemirror.d", createMemoryStorage(), fence, silent);
  compaction.found({ snapshot: new Uint8Array(240_000), updates: [], upTo: 0n });
  compaction.count(1_199, 20_000, 1_199n);
  expect([compaction.isDue(500), compaction.isDue(500, true)]).toEqual([false, false]);
  compaction.count(1, 20, 1_200n);
  expect([compaction.isDue(500), compaction.isDue(500, true)]).toEqual([false, true]);
  compaction.count(1_200, 20_000, 2_400n);
  expect(compaction.isDue(500)).toBe(true);
});

test.each([
  ["a small document", 1_000, 500],
  ["a huge one", 100_000_000, 5_000],
])("%s is compacted after as many rows as the load can bear", (_, bytes, rows) => {
  const compaction = new Compaction("prosemirror.d", createMemoryStorage(), fence, silent);
  compaction.found({ snapshot: new Uint8Array(bytes), updates: [], upTo: 0n });
  compaction.count(rows - 1, rows, 1n);
  expect(compaction.isDue(500)).toBe(false);
  compaction.count(1, 1, 2n);
  expect(compaction.isDue(500)).toBe(true);
});

test("a snapshot that cannot be written is not tried again with every commit", async () => {
  const storage = { ...createMemoryStorage(), compact: vi.fn().mockRejectedValue(new Error("no room")) };
  const compaction = new Compaction("prosemirror.d", storage, fence, silent);
  for (let row = 0; row < 600; row++) {
    compaction.count(1, 10, BigInt(row + 1));
    if (compaction.isDue(500)) await compaction.run(() => new Uint8Array(10));
  }
  expect(storage.compact).toHaveBeenCalledTimes(3);
  storage.compact.mockResolvedValue(true);
  for (let row = 600; row < 1_200; row++) {
    compaction.count(1, 10, BigInt(row + 1));
    if (compaction.isDue(500)) await compaction.run(() => new Uint8Array(10));
  }
  expect(storage.compact).toHaveBeenCalledTimes(5);
});

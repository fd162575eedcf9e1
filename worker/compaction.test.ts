import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { Town } from "./testing/town.ts";

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

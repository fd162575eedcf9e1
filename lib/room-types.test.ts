import { expect, test } from "vitest";
import { PARTITIONS, partitionOf } from "./partition.ts";
import { channels, documentRoom, roomTypeOf, storagesOf } from "./room-types.ts";

test.each([
  ["prosemirror.abc", true],
  ["prosemirror.a.b", true],
  ["prosemirror", false],
  ["prosemirrorx.abc", false],
  ["Prosemirror.abc", false],
  [".prosemirror.abc", false],
  ["constructor.abc", false],
  ["", false],
])("[R12] the prefix before the first dot selects the type, exactly: %s", (room, isProsemirror) => {
  expect(roomTypeOf(room).disablePipelining).toBe(isProsemirror);
});

test("a document's room has a type, a channel and a storage", () => {
  expect(documentRoom("d1")).toBe("prosemirror.d1");
  expect(channels()).toEqual(["yroom"]);
  expect(storagesOf("yroom")).toEqual(["prisma"]);
});

test("rooms spread over all partitions", () => {
  const counts = new Array<number>(PARTITIONS).fill(0);
  for (let i = 0; i < 16_000; i++) {
    const partition = partitionOf(`prosemirror.c${i.toString(36)}`);
    counts[partition] = (counts[partition] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(800);
  expect(Math.max(...counts)).toBeLessThan(1_200);
});

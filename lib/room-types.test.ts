import { afterEach, expect, test } from "vitest";
import { PARTITIONS, partitionOf } from "./partition.ts";
import {
  channels,
  documentRoom,
  isRoomType,
  mergeRoomTypes,
  type RoomType,
  roomTypeOf,
  setRoomTypes,
  storagesOf,
} from "./room-types.ts";

afterEach(() => setRoomTypes({}));

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

test("what is built in", () => {
  const builtIn: RoomType = {
    channel: "yroom",
    removeRoomDelay: 30_000,
    storage: "prisma",
    serverStartSync: true,
    protocolVersion: 1,
    protocolNamePrefix: false,
    disablePipelining: false,
    autosaveDelay: 20,
    autosaveMaxWait: 200,
    compactAfter: 500,
  };
  expect(mergeRoomTypes({})).toEqual({
    default: builtIn,
    prosemirror: { ...builtIn, disablePipelining: true },
    tiptap: builtIn,
  });
});

test("settings go over what a type of ours needs, over the given default, over what is built in", () => {
  setRoomTypes({
    default: { removeRoomDelay: 5, disablePipelining: false, compactAfter: 7 },
    prosemirror: { compactAfter: 9 },
    notes: { channel: "notes", storage: "memory" },
  });
  expect(roomTypeOf("prosemirror.a")).toMatchObject({ removeRoomDelay: 5, disablePipelining: true, compactAfter: 9 });
  expect(roomTypeOf("notes.a")).toMatchObject({ channel: "notes", storage: "memory", compactAfter: 7 });
  expect(roomTypeOf("other.a")).toMatchObject({ channel: "yroom", removeRoomDelay: 5, compactAfter: 7 });
  expect(channels()).toEqual(["yroom", "notes"]);
  expect([storagesOf("yroom"), storagesOf("notes")]).toEqual([["prisma"], ["memory"]]);
});

test.each([
  ["prosemirror", true],
  ["tiptap", true],
  ["default", false],
  ["notes", false],
  ["", false],
  ["toString", false],
  ["__proto__", false],
])("[R12] %s is a prefix with a type of its own: %s", (prefix, expected) => {
  expect(isRoomType(prefix)).toBe(expected);
});

import { expect, test } from "vitest";
import { createDummyStorage } from "#worker/storage/dummy.ts";
import type { Storage } from "#worker/storage/storage.ts";

const fence = { channel: "yroom", partition: 1, epoch: 1n };
const update = Uint8Array.of(1);
const row = { room: "a", update, authors: [], fence };

const table: [what: string, use: (storage: Storage) => Promise<unknown>, answer: unknown][] = [
  ["takes any partition", (storage) => storage.own("yroom", 1, "worker"), 1n],
  ["accepts appends, in order", (storage) => storage.append([row, row]), [1n, 2n]],
  ["accepts snapshots", (storage) => storage.compact("a", update, 1n, fence), true],
  ["has nothing to load", (storage) => storage.append([row]).then(() => storage.load("a")), null],
  ["has nothing to delete", (storage) => storage.delete("a", fence), true],
];

test.each(table)("the dummy storage %s", async (_, use, answer) => {
  expect(await use(createDummyStorage())).toEqual(answer);
});

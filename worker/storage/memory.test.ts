import { expect, test } from "vitest";
import { storageContract } from "#worker/storage/contract.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";

storageContract("memory", createMemoryStorage);

test("two memory storages share nothing", async () => {
  const [one, two] = [createMemoryStorage(), createMemoryStorage()];
  const epoch = await one.own("yroom", 1, "worker");
  const fence = { channel: "yroom", partition: 1, epoch };
  await one.append([{ room: "a", update: Uint8Array.of(1), authors: [], fence }]);
  expect(await two.load("a")).toBeNull();
  expect(await two.append([{ room: "a", update: Uint8Array.of(1), authors: [], fence }])).toEqual([null]);
});

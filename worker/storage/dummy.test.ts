import { expect, test } from "vitest";
import { storageContract } from "#worker/storage/contract.ts";
import { createDummyStorage } from "#worker/storage/dummy.ts";

storageContract("dummy", createDummyStorage, { keeps: false });

test("the dummy storage has nothing to load, whatever it was given", async () => {
  const storage = createDummyStorage();
  const fence = { channel: "yroom", partition: 1, epoch: await storage.own("yroom", 1, "worker") };
  const update = Uint8Array.of(1);
  expect(await storage.append([{ room: "a", update, authors: [], fence }])).toEqual([expect.any(BigInt)]);
  expect(await storage.compact("a", update, 9n, fence)).toBe(true);
  expect(await storage.load("a")).toBeNull();
});

import { expect, test } from "vitest";
import { ParcelInbox } from "./redis-parcels.ts";
import type { RedisPool } from "./redis-pool.ts";

test("[R18] what else is heard keeps its place behind a delivery that is being fetched", async () => {
  let fetched: (bytes: Buffer | null) => void = () => {};
  const pool = { run: () => new Promise((resolve) => (fetched = resolve)) } as unknown as RedisPool;
  const heard: string[] = [];
  const note = (word: string) => () => void heard.push(word);
  const inbox = new ParcelInbox(pool, (bytes) => heard.push(String(bytes)), note("missing"));
  inbox.inOrder(note("first"));
  inbox.receive(Buffer.from("\0name of a large one"));
  inbox.inOrder(note("a gap"));
  inbox.receive(Buffer.from("small"));
  expect(heard).toEqual(["first"]);
  fetched(Buffer.from("large"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual(["first", "large", "a gap", "small"]);
  inbox.inOrder(note("at once"));
  expect(heard.at(-1)).toBe("at once");
});

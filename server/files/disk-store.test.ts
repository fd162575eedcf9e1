// What a file store promises, on a folder.
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DiskStore } from "./disk-store.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yroom-files-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* chunks(...texts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}

const read = async (store: DiskStore, key: string) => {
  const bytes = await store.get(key);
  return bytes && new Response(bytes).text();
};

test("what was put is there, for another process as well, until it is deleted", async () => {
  const key = randomUUID();
  expect(await new DiskStore(folder).put(key, chunks("wo", "rds"))).toBe(5);
  const other = new DiskStore(folder);
  expect(await read(other, key)).toBe("words");
  await other.delete(key);
  await other.delete(key);
  expect(await read(other, key)).toBeNull();
});

test("a source that breaks off leaves nothing", async () => {
  const store = new DiskStore(folder);
  const key = randomUUID();
  await expect(store.put(key, chunks("half", new Error("gone")))).rejects.toThrow("gone");
  expect(await read(store, key)).toBeNull();
  const left = await readdir(folder, { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile())).toEqual([]);
  expect(await store.put(key, chunks("whole"))).toBe(5);
});

test("only keys become paths", async () => {
  const store = new DiskStore(folder);
  for (const key of ["", "..", "../../etc/passwd", "a/b", randomUUID().toUpperCase()]) {
    await expect(store.put(key, chunks("x"))).rejects.toThrow("not the key");
    await expect(store.get(key)).rejects.toThrow("not the key");
    await expect(store.delete(key)).rejects.toThrow("not the key");
  }
});

// What a file store promises, on a folder and on an S3-compatible server.
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DiskStore } from "./disk-store.ts";
import type { FileStore } from "./file-store.ts";
import { type S3Server, startS3 } from "./s3-server.test-helper.ts";
import { S3Store } from "./s3-store.ts";

let folder = "";
let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yroom-files-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const stores: { name: string; open(): FileStore }[] = [
  { name: "a folder", open: () => new DiskStore(folder) },
  { name: "S3", open: () => new S3Store(s3.settings, folder) },
];

async function* chunks(...parts: (string | Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Buffer.from(part);
  }
}

async function read(store: FileStore, key: string): Promise<Buffer | null> {
  const bytes = await store.get(key);
  return bytes && Buffer.from(await new Response(bytes).arrayBuffer());
}

/** Names of all files on this machine. */
async function kept(): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe.each(stores)("$name", ({ open }) => {
  test("what was put is there, for another process as well, until it is deleted", async () => {
    const key = randomUUID();
    expect(await open().put(key, chunks("wo", "rds"))).toBe(5);
    const other = open();
    expect(String(await read(other, key))).toBe("words");
    await other.delete(key);
    await other.delete(key);
    expect(await read(other, key)).toBeNull();
    expect(await kept()).toEqual([]);
  });

  test("megabytes come back byte for byte, several at once", async () => {
    const store = open();
    const files = [1, 2, 3].map((seed) => ({ key: randomUUID(), bytes: randomBytes(2_000_000 + seed) }));
    const half = 1_000_000;
    await Promise.all(
      files.map(async ({ key, bytes }) => {
        const put = store.put(key, chunks(bytes.subarray(0, half), bytes.subarray(half)));
        expect(await put).toBe(bytes.byteLength);
      }),
    );
    for (const { key, bytes } of files) expect((await read(store, key))?.equals(bytes)).toBe(true);
  });

  test("nothing is something", async () => {
    const key = randomUUID();
    expect(await open().put(key, chunks())).toBe(0);
    expect(await read(open(), key)).toHaveLength(0);
  });

  test("a source that breaks off leaves nothing", async () => {
    const store = open();
    const key = randomUUID();
    await expect(store.put(key, chunks("half", new Error("gone")))).rejects.toThrow("gone");
    expect(await read(store, key)).toBeNull();
    expect(await kept()).toEqual([]);
    expect(await store.put(key, chunks("whole"))).toBe(5);
  });

  test("only keys are taken", async () => {
    const store = open();
    for (const key of ["", "..", "../../etc/passwd", "a/b", randomUUID().toUpperCase()]) {
      await expect(store.put(key, chunks("x"))).rejects.toThrow("not the key");
      await expect(store.get(key)).rejects.toThrow("not the key");
      await expect(store.delete(key)).rejects.toThrow("not the key");
    }
  });
});

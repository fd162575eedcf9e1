// Files in a folder of this machine. A file appears under its name only when all of it is on disk.

import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { type FileStore, KEY } from "./file-store.ts";

export class DiskStore implements FileStore {
  readonly #folder: string;

  /** `folder` is made when the first file comes. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    const path = this.#path(key);
    const part = `${path}.part`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    let size = 0;
    const file = await open(part, "wx", 0o600);
    try {
      for await (const chunk of bytes) {
        await file.writeFile(chunk);
        size += chunk.byteLength;
      }
      await file.sync();
      await file.close();
      await rename(part, path);
      await syncFolder(dirname(path));
      return size;
    } catch (error) {
      await file.close().catch(() => {});
      await rm(part, { force: true });
      throw error;
    }
  }

  async get(key: string): Promise<ReadableStream<Uint8Array> | null> {
    const path = this.#path(key);
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    return found ? (Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>) : null;
  }

  async delete(key: string): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  /** 256 folders, so that none of them gets slow. */
  #path(key: string): string {
    if (!KEY.test(key)) throw new Error("not the key of a file");
    return join(this.#folder, key.slice(0, 2), key);
  }
}

/** A new name is durable only with its folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

// Keeps a stream whose length nobody knows in a file without a name until it can be sent on: S3 wants the length and
// the hash first. The file has no name, so nothing of it is left, however this process ends.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";

export interface Spooled {
  /** Bytes. */
  size: number;
  /** Of all bytes, in hexadecimal. */
  sha256: string;
  /** All bytes, from the start, each time. */
  stream(): ReadableStream<Uint8Array>;
  /** Gives the room back. */
  close(): Promise<void>;
}

/** Rejects, and keeps nothing, when the source does or when there is no room. */
export async function spool(folder: string, bytes: AsyncIterable<Uint8Array>): Promise<Spooled> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${randomUUID()}.part`);
  const file = await open(path, "wx+", 0o600);
  try {
    await rm(path);
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of bytes) {
      await file.writeFile(chunk);
      hash.update(chunk);
      size += chunk.byteLength;
    }
    const stream = () => Readable.toWeb(file.createReadStream({ start: 0, autoClose: false }));
    return {
      size,
      sha256: hash.digest("hex"),
      stream: stream as Spooled["stream"],
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

// Takes an uploaded file into the store and the database. A picture is written anew; every other file is kept as it
// is, and is only ever downloaded.
import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { runtime } from "#lib/runtime.ts";
import type { UploadedFile } from "#lib/uploaded-file.ts";
import { db } from "#prisma/client.ts";
import { fileStore } from "./open-store.ts";
import { PICTURE_TYPES, readPicture } from "./picture.ts";

export interface Upload {
  documentId: string;
  userId: string;
  name: string;
  /** As the sender calls it. */
  type: string;
  body: AsyncIterable<Uint8Array>;
}

export class UploadRefused extends Error {
  readonly reason: "too-large" | "not-a-picture" | "empty" | "no-room";

  constructor(reason: UploadRefused["reason"]) {
    super(reason);
    this.reason = reason;
  }
}

/** Rejects with UploadRefused, and then keeps nothing. */
export async function takeUpload({ documentId, userId, name, type, body }: Upload): Promise<UploadedFile> {
  const limited = within(body, runtime().env.MAX_UPLOAD_MB * 1_000_000);
  const id = randomUUID();
  const isPicture = PICTURE_TYPES.includes(type);
  const picture = isPicture ? await readPicture(await collect(limited)) : null;
  if (isPicture && !picture) throw new UploadRefused("not-a-picture");
  const size = await fileStore()
    .put(id, picture ? Readable.from([picture.bytes]) : limited)
    .catch(asRefusal);
  if (size === 0) {
    await fileStore().delete(id);
    throw new UploadRefused("empty");
  }
  const about = { id, name, type: picture?.type ?? "application/octet-stream", size };
  const shape = { width: picture?.width ?? null, height: picture?.height ?? null };
  try {
    await db().file.create({ data: { ...about, ...shape, documentId, createdById: userId } });
  } catch (error) {
    await fileStore().delete(id);
    throw error;
  }
  return { ...about, ...shape };
}

async function* within(body: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > most) throw new UploadRefused("too-large");
    yield chunk;
  }
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function asRefusal(error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code;
  throw code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG" ? new UploadRefused("no-room") : error;
}

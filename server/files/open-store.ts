// The file store that this process uses: a bucket if the environment names one, else a folder in DATA_DIR.
import { join } from "node:path";
import { runtime } from "#lib/runtime.ts";
import { DiskStore } from "./disk-store.ts";
import type { FileStore } from "./file-store.ts";
import { S3Store } from "./s3-store.ts";

export function fileStore(): FileStore {
  const { DATA_DIR, S3 } = runtime().env;
  return S3 ? new S3Store(S3, join(DATA_DIR, "uploads")) : new DiskStore(join(DATA_DIR, "files"));
}

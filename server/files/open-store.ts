// The file store that this process uses: a folder in DATA_DIR.
import { join } from "node:path";
import { runtime } from "#lib/runtime.ts";
import { DiskStore } from "./disk-store.ts";
import type { FileStore } from "./file-store.ts";

export function fileStore(): FileStore {
  return new DiskStore(join(runtime().env.DATA_DIR, "files"));
}

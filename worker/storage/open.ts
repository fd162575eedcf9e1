// The storages of a worker process of its own, over a database connection that only it uses.
import { openDatabase } from "#prisma/client.ts";
import { createStorages, type StorageName } from "#worker/storage/index.ts";
import type { Storage } from "#worker/storage/storage.ts";

/** Opens Postgres at `databaseUrl`; it is contacted when the first partition is taken over. */
export async function openStorages(
  databaseUrl: string,
): Promise<{ storages: (name: StorageName) => Storage; close(): Promise<void> }> {
  const database = await openDatabase({ databaseUrl, dataDir: "" });
  return { storages: createStorages(database), close: () => database.close() };
}

// The list of storages that a room type can name. To add one: a file beside this one, a line here, and its name in STORAGES
// of lib/room-types.ts.
import type { Database } from "#prisma/client.ts";
import { createDummyStorage } from "#worker/storage/dummy.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";
import { createPrismaStorage } from "#worker/storage/prisma.ts";
import type { Storage } from "#worker/storage/storage.ts";

const creators = {
  prisma: (database: Database) => createPrismaStorage(database),
  memory: () => createMemoryStorage(),
  dummy: () => createDummyStorage(),
} satisfies Record<string, (database: Database) => Storage>;

export type StorageName = keyof typeof creators;

/** One storage of each kind for a worker, made when it is first asked for. */
export function createStorages(database: Database): (name: StorageName) => Storage {
  const made = new Map<StorageName, Storage>();
  return (name) => {
    const storage = made.get(name) ?? creators[name](database);
    made.set(name, storage);
    return storage;
  };
}

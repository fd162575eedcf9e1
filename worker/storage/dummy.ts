// Keeps nothing: every room is new each time it is loaded. It honours no fence, because there is nothing to protect.
import type { Storage } from "#worker/storage/storage.ts";

export function createDummyStorage(): Storage {
  let last = 0n;
  const next = () => {
    last += 1n;
    return last;
  };
  return {
    own: async () => next(),
    load: async () => null,
    append: async (rows) => rows.map(next),
    compact: async () => true,
    delete: async () => true,
  };
}

// Rooms are spread over a fixed number of partitions; a worker owns whole partitions (see worker/lease.ts).

/** Part of the contract between servers and workers: all of them must run with the same number. */
export const PARTITIONS = 16;

/** The partition of a room: FNV-1a of its name's UTF-16 code units, modulo PARTITIONS. */
export function partitionOf(room: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < room.length; i++) {
    hash = Math.imul(hash ^ room.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % PARTITIONS;
}

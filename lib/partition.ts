// Rooms are spread over a fixed number of partitions; a worker owns whole partitions (see worker/lease.ts).

/** Part of the contract between servers and workers: all of them must run with the same number. */
export const PARTITIONS = 16;

/** Addresses the owner of a partition where otherwise a room's name stands; no room is named so. */
export function partitionName(partition: number): string {
  return `#${partition}`;
}

export function isPartitionName(room: string): boolean {
  return room.startsWith("#");
}

/** The partition of a room: FNV-1a of its name's UTF-16 code units, modulo PARTITIONS. */
export function partitionOf(room: string): number {
  if (isPartitionName(room)) return Number(room.slice(1)) % PARTITIONS;
  let hash = 0x811c9dc5;
  for (let i = 0; i < room.length; i++) {
    hash = Math.imul(hash ^ room.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % PARTITIONS;
}

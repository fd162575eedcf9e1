// Rooms in this process's memory, for tests and for room types whose content need not outlive it.
import type { Append, Fence, Storage } from "#worker/storage/storage.ts";

interface MemoryRoom {
  snapshot: Uint8Array | null;
  upTo: bigint;
  log: { id: bigint; update: Uint8Array }[];
}

export function createMemoryStorage(): Storage {
  const rooms = new Map<string, MemoryRoom>();
  const epochs = new Map<string, bigint>();
  let lastId = 0n;

  const address = (fence: Pick<Fence, "channel" | "partition">) => JSON.stringify([fence.channel, fence.partition]);
  const holds = (fence: Fence) => epochs.get(address(fence)) === fence.epoch;
  const roomOf = (name: string) => {
    const room = rooms.get(name) ?? { snapshot: null, upTo: 0n, log: [] };
    rooms.set(name, room);
    return room;
  };
  const write = ({ room, update, fence }: Append) => {
    if (!holds(fence)) return null;
    lastId += 1n;
    roomOf(room).log.push({ id: lastId, update: update.slice() });
    return lastId;
  };

  return {
    async own(channel, partition) {
      const key = address({ channel, partition });
      const epoch = (epochs.get(key) ?? 0n) + 1n;
      epochs.set(key, epoch);
      return epoch;
    },

    async load(name) {
      const room = rooms.get(name);
      if (!room) return null;
      const { snapshot, log, upTo } = room;
      return { snapshot, updates: log.map((row) => row.update), upTo: log.at(-1)?.id ?? upTo };
    },

    async append(rows) {
      return rows.map(write);
    },

    async compact(name, state, upTo, fence) {
      const room = rooms.get(name);
      if (!holds(fence) || (room && room.upTo > upTo)) return false;
      const later = (room?.log ?? []).filter((row) => row.id > upTo);
      rooms.set(name, { snapshot: state.slice(), upTo, log: later });
      return true;
    },

    async delete(name, fence) {
      if (!holds(fence)) return false;
      rooms.delete(name);
      return true;
    },
  };
}

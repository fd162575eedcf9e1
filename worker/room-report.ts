// What an administrator sees of a live room: figures and who is in it, never what is written.
import { MOST_ROOMS, type PartitionReport, type RoomReport } from "#lib/reports.ts";
import type { Compaction } from "./compaction.ts";
import type { LiveRoom } from "./live-room.ts";
import type { RoomState } from "./room-host.ts";

/** `waitingSince` is when the oldest edit came that is not in the database yet (performance.now()), or null. */
export function reportRoom(
  { name, since }: LiveRoom,
  state: RoomState,
  { bytes, rows }: Compaction,
  waitingSince: number | null,
): RoomReport {
  const connections = state.kind === "live" ? [...state.room.connections.values()] : [];
  return {
    name,
    state: state.kind === "deleting" ? "gone" : state.kind,
    since: since.toISOString(),
    bytes,
    rows,
    uncommitted: waitingSince === null ? null : performance.now() - waitingSince,
    waiting: state.kind === "loading" ? state.queue.length : 0,
    connections: connections.map(({ id, member, options }) => ({ id, user: member, mayWrite: options.allowWrite })),
  };
}

/** The rooms with the most connections first, and no more than an answer can carry. */
export function reportPartition({
  worker,
  number: partition,
  held: heldBytes,
  rooms,
}: {
  worker: string;
  number: number;
  held: number;
  rooms: Map<string, LiveRoom>;
}): PartitionReport {
  const reports = [...rooms.values()].map((room) => room.report());
  reports.sort((a, b) => b.connections.length - a.connections.length);
  return { worker, partition, heldBytes, total: reports.length, rooms: reports.slice(0, MOST_ROOMS) };
}

/** For a diagnostic dump: every room of a worker, with ids instead of names of people. */
export function describeWorker(
  worker: string,
  partitions: Iterable<{ number: number; term: string; held: number; rooms: Map<string, LiveRoom> }>,
  heldBytes: number,
  uncommittedRooms: number,
): unknown {
  const described = [...partitions].map(({ number, term, held, rooms }) => ({
    partition: number,
    term,
    heldBytes: held,
    rooms: [...rooms.values()].map((room) => {
      const { connections, ...figures } = room.report();
      const people = new Set(connections.map(({ user }) => user.id)).size;
      return { ...figures, people, connections: connections.map(({ id, user }) => ({ id, user: user.id })) };
    }),
  }));
  return { worker, heldBytes, uncommittedRooms, partitions: described };
}

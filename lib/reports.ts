// What administrators see of rooms, partitions and processes: figures and who is where, never content. Workers and
// servers make these reports; server/administration.ts puts them together.
import { z } from "zod";

const count = z.int().nonnegative();
const person = z.object({ id: z.string(), name: z.string(), color: z.number() });

const connectionReport = z.object({
  /** `<server>/<number>`, as in the logs. */
  id: z.string(),
  user: person,
  mayWrite: z.boolean(),
});
export type ConnectionReport = z.infer<typeof connectionReport>;

const roomReport = z.object({
  name: z.string(),
  /** refused: what is stored cannot be read. gone: it is being deleted, or was given up. */
  state: z.enum(["loading", "live", "refused", "gone"]),
  /** When this worker began to load it; ISO. */
  since: z.iso.datetime(),
  /** Bytes in the database: the snapshot and the log behind it. */
  bytes: count,
  /** Log rows behind the snapshot. */
  rows: count,
  /** ms since the oldest edit that is not in the database yet; null if there is none. */
  uncommitted: z.number().nullable(),
  /** Messages that wait until the room is loaded. */
  waiting: count,
  connections: z.array(connectionReport),
});
export type RoomReport = z.infer<typeof roomReport>;

/** What the owner of a partition answers to the question for its rooms. */
export const partitionReport = z.object({
  worker: z.string(),
  partition: count,
  /** Bytes of its log entries that were read and are not committed yet. */
  heldBytes: count,
  /** How many rooms there are; `rooms` are at most MOST_ROOMS of them, those with the most connections. */
  total: count,
  rooms: z.array(roomReport),
});
export type PartitionReport = z.infer<typeof partitionReport>;

/** Rooms in one answer. */
export const MOST_ROOMS = 200;

/** One server or worker, as it says of itself every few seconds. */
export const processReport = z.object({
  id: z.string(),
  role: z.enum(["server", "worker"]),
  /** The channel of a worker; null for a server. */
  channel: z.string().nullable(),
  host: z.string(),
  pid: z.number(),
  version: z.string(),
  commit: z.string().nullable(),
  startedAt: z.iso.datetime(),
  /** Resident memory of the whole process, bytes. */
  memory: count,
  rooms: count,
  /** Connections of a server; null for a worker. */
  connections: count.nullable(),
  /** Partitions of a worker; null for a server. */
  partitions: z.array(count).nullable(),
});
export type ProcessReport = z.infer<typeof processReport>;

/** A partition as a server sees it: its owner's answer, or why there is none. */
export type PartitionState =
  | { channel: string; partition: number; state: "owned"; worker: string; heldBytes: number; rooms: number }
  /** No owner was heard of lately. */
  | { channel: string; partition: number; state: "no-owner" }
  /** Its owner did not answer in time. */
  | { channel: string; partition: number; state: "silent" };

/** Everything that lives, as one server sees it. */
export interface Overview {
  /** The server that made it; ISO time. */
  server: string;
  at: string;
  partitions: PartitionState[];
  /** Those with the most connections first. */
  rooms: (RoomReport & { channel: string; partition: number; worker: string })[];
  /** How many rooms there are, those that `rooms` leaves out included. */
  totalRooms: number;
  processes: ProcessReport[];
}

/** closed: done. not-found: nothing like that lives. no-owner, silent: nobody who could do it. not-saved: the room stays. */
export type CloseResult = "closed" | "not-found" | "no-owner" | "silent" | "not-saved";

/** A diagnostic dump that was written, or why not. */
export type DumpResult = { process: string; path: string } | { process: string; error: string };

/** What administrators may ask of the running system. None of it rejects because a worker is away. */
export interface Administration {
  overview(): Promise<Overview>;
  /** Saves a room and loads it anew; everybody in it reconnects. */
  closeRoom(room: string): Promise<CloseResult>;
  /** `id` as in a ConnectionReport. */
  closeConnection(id: string): Promise<CloseResult>;
  /** Of this process and of every worker that answers. */
  dump(): Promise<DumpResult[]>;
}

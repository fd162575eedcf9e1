// What passes between a live room and its worker, and the states that a live room goes through.
import type { Log } from "#lib/log.ts";
import type { LogEntry, RoomMessage, ServerMessage } from "#lib/messages.ts";
import type { LiveRoom } from "./live-room.ts";
import type { Persistence } from "./persistence.ts";
import type { Room } from "./room.ts";
import type { Release } from "./ticket.ts";

/** One message of a log entry, with the server that sent it. */
export interface Item {
  message: RoomMessage;
  server: LogEntry["server"];
  release: Release;
}

/** What a live room needs from its worker. */
export interface RoomHost {
  log: Log;
  persistence: Persistence;
  /** Queues a message for one server; the worker sends what a turn queued in one go. */
  deliver(server: string, message: ServerMessage): void;
  /** The room is unloaded, or was lost to another worker; the next message about it makes a new one. */
  onGone(room: LiveRoom): void;
  /** A write was refused: somebody else owns the partition. */
  onFenced(partition: number): void;
}

export type RoomState =
  | { kind: "loading"; queue: Item[] }
  | { kind: "live"; room: Room; stored: boolean }
  | { kind: "refused" }
  | { kind: "gone" };

// What passes between a live room and its worker, and the states that a live room goes through.
import type { Log } from "#lib/log.ts";
import type { LogEntry, RoomMessage, ServerMessage } from "#lib/messages.ts";
import { address } from "./audience.ts";
import type { Effort } from "./effort.ts";
import type { LiveRoom } from "./live-room.ts";
import type { Incoming } from "./outcome.ts";
import type { Persistence } from "./persistence.ts";
import type { Room } from "./room.ts";
import type { Storage } from "./storage/storage.ts";
import type { Release } from "./ticket.ts";

/** One message of a log entry, with the server that sent it. */
export interface Item {
  message: RoomMessage;
  server: LogEntry["server"];
  release: Release;
}

/**
 * The same messages, in an order in which those who join come before the frames that were sent about then, so that a
 * hundred who join together are answered as one batch, with the same bytes. To join a moment
 * earlier means to be told more, never less; nothing overtakes somebody who leaves, or a request. Nor does it overtake what
 * its own server has told those who were there already, and which it would not hear.
 */
export function joinsFirst(items: Item[]): Item[] {
  let ordered: Item[] = [];
  let frames: Item[] = [];
  const relayedBy = new Set<string>();
  for (const item of items) {
    const { type } = item.message;
    if (item.message.type === "receive") {
      frames.push(item);
      if (item.message.relayed) relayedBy.add(item.server);
      continue;
    }
    if (frames.length > 0 && (type !== "connect" || relayedBy.has(item.server))) {
      ordered = ordered.concat(frames);
      frames = [];
      relayedBy.clear();
    }
    ordered.push(item);
  }
  return ordered.concat(frames);
}

/** The frames among them, as the room takes them. */
export function framesOf(items: Item[]): Incoming[] {
  const frames: Incoming[] = [];
  for (const { message, server } of items) {
    if (message.type !== "receive") continue;
    const { sequence, userId, options, relayed, answered, payload } = message;
    const connection = address(server, message.connection);
    const relayedBy = relayed ? server : null;
    frames.push({ connection, sequence, userId, options, relayedBy, answered, frame: payload });
  }
  return frames;
}

export function releasesOf(items: Item[]): Release[] {
  return items.map(({ release }) => release);
}

/** What a live room needs from its worker. */
export interface RoomHost {
  log: Log;
  effort: Effort;
  /** What commits to a storage. */
  persistence(storage: Storage): Persistence;
  /** Queues a message for one server; the worker sends what a turn queued in one go. */
  deliver(server: string, message: ServerMessage): void;
  /** The first `sequence` frames of a connection are committed; told with everything else that a turn settled. */
  confirm(server: string, connection: number, sequence: number): void;
  /** The room is unloaded, or was lost to another worker; the next message about it makes a new one. */
  onGone(room: LiveRoom): void;
  /** A write was refused: somebody else owns the partition. */
  onFenced(partition: number): void;
}

export type RoomState =
  | { kind: "loading"; queue: Item[] }
  | { kind: "live"; room: Room; stored: boolean }
  | { kind: "refused" }
  | { kind: "deleting"; queue: Item[] }
  | { kind: "gone" };

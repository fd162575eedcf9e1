// From what is stored to a room.
import type { Log } from "#lib/log.ts";
import type { RoomType } from "#lib/room-types.ts";
import { Room } from "./room.ts";
import type { StoredRoom } from "./storage/storage.ts";

/** Null, and a line in the log, if what is stored cannot be read. */
export function openRoom(name: string, type: RoomType, stored: StoredRoom | null, log: Log): Room | null {
  try {
    return new Room(name, type, stored ? [...(stored.snapshot ? [stored.snapshot] : []), ...stored.updates] : []);
  } catch (error) {
    const text = "what is stored of the room cannot be read; refusing it and keeping the bytes";
    log.error({ err: error, room: name }, text);
    return null;
  }
}

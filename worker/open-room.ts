// From what is stored to a room.
import type { Log } from "#lib/log.ts";
import type { RoomType } from "#lib/room-types.ts";
import { insist } from "./insist.ts";
import { Room } from "./room.ts";
import type { Storage, StoredRoom } from "./storage/storage.ts";

/** What is stored, and the room that it makes: null, and a line in the log, if it cannot be read. */
export interface Opened {
  stored: StoredRoom | null;
  room: Room | null;
}

/**
 * Waits for a store that is away; answers null if the room is not `wanted` any more. The people of a `former` room move
 * into it.
 */
export async function openRoom(
  name: string,
  type: RoomType,
  storage: Storage,
  log: Log,
  wanted: () => boolean,
  former: Room | null = null,
): Promise<Opened | null> {
  const onFirst = (error: unknown) => log.error({ err: error, room: name }, "cannot load the room; trying again");
  const loaded = await insist(() => storage.load(name), wanted, onFirst);
  if (!loaded || !wanted()) return null;
  const stored = loaded.value;
  try {
    const updates = stored ? [...(stored.snapshot ? [stored.snapshot] : []), ...stored.updates] : [];
    return { stored, room: new Room(name, type, updates, former) };
  } catch (error) {
    const text = "what is stored of the room cannot be read; refusing it and keeping the bytes";
    log.error({ err: error, room: name }, text);
    return { stored, room: null };
  }
}

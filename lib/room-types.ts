// What the prefix of a room's name selects. To add a room type, add one object here.
// A room name is `<prefix>.<rest>`; the prefix is the text before the first dot and must match a key exactly.

/** Settings of a room type; docs/protocol.md maps them to the YROOM_SETTINGS of channels-yroom. */
export interface RoomType {
  /** Channel whose workers own these rooms (`--channel`). */
  channel: string;
  /** ms from the last leave until the room is saved and unloaded. */
  removeRoomDelay: number;
  /** Name in worker/storage/index.ts. */
  storage: "prisma" | "memory" | "dummy";
  /** Say sync step 1 (and who is present) as soon as a client connects; otherwise after the client's step 1. */
  serverStartSync: boolean;
  /** One message per frame. y-websocket's own client reads only the first message of a frame. */
  disablePipelining: boolean;
  /** ms without an edit until a commit, and the longest that an edit waits for one. */
  autosaveDelay: number;
  autosaveMaxWait: number;
  /** Committed updates after which the log is compacted into a snapshot. */
  compactAfter: number;
}

const builtIn: RoomType = {
  channel: "yroom",
  removeRoomDelay: 30_000,
  storage: "prisma",
  serverStartSync: true,
  disablePipelining: false,
  autosaveDelay: 20,
  autosaveMaxWait: 200,
  compactAfter: 500,
};

const roomTypes: Record<string, RoomType> = {
  default: builtIn,
  /** The text of a document, edited through /ws/prosemirror/<documentId>. */
  prosemirror: { ...builtIn, disablePipelining: true },
  /** A document that TipTap edits, through Hocuspocus' framing. */
  tiptap: builtIn,
};

/** The type of a room, by the exact prefix of its name; `default` if there is none. */
export function roomTypeOf(room: string): RoomType {
  const dot = room.indexOf(".");
  const prefix = dot === -1 ? "" : room.slice(0, dot);
  return (Object.hasOwn(roomTypes, prefix) ? roomTypes[prefix] : undefined) ?? builtIn;
}

/** Whether rooms with this prefix have a type of their own; only those can be connected to. */
export function isRoomType(prefix: string): boolean {
  return prefix !== "default" && Object.hasOwn(roomTypes, prefix);
}

/** Every channel that some room type uses. */
export function channels(): string[] {
  return [...new Set(Object.values(roomTypes).map((type) => type.channel))];
}

/** The storages that rooms of a channel use. */
export function storagesOf(channel: string): RoomType["storage"][] {
  const used = Object.values(roomTypes).filter((type) => type.channel === channel);
  return [...new Set(used.map((type) => type.storage))];
}

/** The room that holds the text of a document. */
export function documentRoom(documentId: string): string {
  return `prosemirror.${documentId}`;
}

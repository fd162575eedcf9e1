// What the prefix of a room's name selects. To add a room type, add one object here, or name it in YROOM_SETTINGS.
// A room name is `<prefix>.<rest>`; the prefix is the text before the first dot and must match a key exactly.

/** Names of worker/storage/index.ts. */
export const STORAGES = ["prisma", "memory", "dummy"] as const;

/** Settings of a room type; docs/protocol.md maps them to the YROOM_SETTINGS of channels-yroom. */
export interface RoomType {
  /** Channel whose workers own these rooms (`--channel`). */
  channel: string;
  /** ms from the last leave until the room is saved and unloaded. */
  removeRoomDelay: number;
  /** Where rooms are kept. */
  storage: (typeof STORAGES)[number];
  /** Say sync step 1 (and who is present) as soon as a client connects; otherwise after the client's step 1. */
  serverStartSync: boolean;
  /** Encoding of Yjs updates on the wire; what is stored is V1 in any case. */
  protocolVersion: 1 | 2;
  /** Every frame starts with a varString, which the server repeats to its client; the room never sees it. */
  protocolNamePrefix: boolean;
  /** One message per frame. y-websocket's own client reads only the first message of a frame. */
  disablePipelining: boolean;
  /** ms without an edit until a commit, and the longest that an edit waits for one. */
  autosaveDelay: number;
  autosaveMaxWait: number;
  /** Committed updates after which the log is compacted into a snapshot; more for a document above 100 bytes each. */
  compactAfter: number;
}

const builtIn: RoomType = {
  channel: "yroom",
  removeRoomDelay: 30_000,
  storage: "prisma",
  serverStartSync: true,
  protocolVersion: 1,
  protocolNamePrefix: false,
  disablePipelining: false,
  autosaveDelay: 20,
  autosaveMaxWait: 200,
  compactAfter: 500,
};

/** Settings by prefix; `default` is for every name that no other prefix matches, and what the others build on. */
export type RoomSettings = Record<string, Partial<RoomType>>;

const ours: RoomSettings = {
  /** The text of a document, edited through /ws/prosemirror/<documentId>. */
  prosemirror: { disablePipelining: true },
  /** A document that TipTap edits, through Hocuspocus' framing. */
  tiptap: {},
};

/** Every room type, complete: `given` over what a type of ours needs, over the given `default`, over what is built in. */
export function mergeRoomTypes(given: RoomSettings): Record<string, RoomType> {
  const base: RoomType = { ...builtIn, ...given.default };
  const types: Record<string, RoomType> = {};
  for (const prefix of [...Object.keys(ours), ...Object.keys(given)]) {
    types[prefix] = { ...base, ...ours[prefix], ...given[prefix] };
  }
  return { ...types, default: base };
}

// Next evaluates its own copy of this module, and must see the same settings.
const holder = globalThis as typeof globalThis & { __yroomRoomTypes?: Record<string, RoomType> };

function roomTypes(): Record<string, RoomType> {
  holder.__yroomRoomTypes ??= mergeRoomTypes({});
  return holder.__yroomRoomTypes;
}

/** To be called once, at boot, with YROOM_SETTINGS, before any room is asked for. */
export function setRoomTypes(given: RoomSettings): void {
  holder.__yroomRoomTypes = mergeRoomTypes(given);
}

/** The type of a room, by the exact prefix of its name; `default` if there is none. */
export function roomTypeOf(room: string): RoomType {
  const dot = room.indexOf(".");
  const prefix = dot === -1 ? "" : room.slice(0, dot);
  const types = roomTypes();
  return (Object.hasOwn(types, prefix) ? types[prefix] : undefined) ?? (types.default as RoomType);
}

/** Whether rooms with this prefix have a type of their own; only those can be connected to. */
export function isRoomType(prefix: string): boolean {
  return prefix !== "default" && Object.hasOwn(roomTypes(), prefix);
}

/** Every channel that some room type uses. */
export function channels(): string[] {
  return [...new Set(Object.values(roomTypes()).map((type) => type.channel))];
}

/** The storages that rooms of a channel use. */
export function storagesOf(channel: string): RoomType["storage"][] {
  const used = Object.values(roomTypes()).filter((type) => type.channel === channel);
  return [...new Set(used.map((type) => type.storage))];
}

/** The room that holds the text of a document. */
export function documentRoom(documentId: string): string {
  return `prosemirror.${documentId}`;
}

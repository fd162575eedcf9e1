// The numbers of the wire protocol between a browser and the server; docs/protocol.md explains each of them.
// Framing is that of y-websocket: varUint type, then the body. Types 0-3 are the field's; SAVED and NOTICE are ours
// and go only to clients that connect with `?yroom=1`.

/** First varUint of a frame. */
export const FRAME = {
  /** then varUint 0 step 1 | 1 step 2 | 2 update, then varUint8Array */
  sync: 0,
  /** then varUint8Array (awareness update) */
  awareness: 1,
  /** then varUint 1, varString: refused */
  auth: 2,
  queryAwareness: 3,
  /** then varUint n: every edit in the first n frames of this connection is committed in the database */
  saved: 120,
  /** then varString: JSON of a `Notice` (lib/messages.ts) */
  notice: 121,
} as const;

export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

/**
 * Why a socket was closed. 4400-4499: the client stops and explains. 4500-4599 and 1012: it retries with jitter.
 * Browsers hide the HTTP status of a failed upgrade, so a refusal is a close code sent right after the upgrade.
 */
export const CLOSE = {
  restart: 1012,
  protocolViolation: 4400,
  signedOut: 4401,
  noAccess: 4403,
  noDocument: 4404,
  editorTooOld: 4409,
  /** An administrator closed this one connection. */
  closedByAdmin: 4410,
  tooLarge: 4413,
  tooFast: 4429,
  cannotLoad: 4500,
  /** The client reads more slowly than the room speaks; it starts over with a fresh sync. */
  fellBehind: 4501,
  /** The channel layer or the database is away. */
  unavailable: 4503,
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** Whether a client may try again by itself after this close code (1009: a frame so large that it was not even read). */
export function mayRetry(code: number): boolean {
  return code !== 1009 && (code < 4400 || code > 4499);
}

/**
 * Version of the editor's schema, raised with every block or mark that an older editor would delete. A client sends
 * it as `?schema=n`; an older one is refused with `editorTooOld` before it can sync.
 */
export const SCHEMA_VERSION = 2;

/**
 * Limits of connections, people, rooms and processes. What a client breaks has a close code and a log line; a few more stand
 * where they are used (P9 in docs/protocol.md).
 */
export const LIMITS = {
  /** bytes of one WebSocket frame, in and out of the browser */
  frameBytes: 8 * 1024 * 1024,
  /** messages in one frame; and answers to one connection at a time, each of which may be the whole document */
  messagesPerFrame: 64,
  answersAtOnce: 8,
  /** frames a second, sustained, and the burst above it */
  framesPerSecond: 400,
  frameBurst: 2000,
  /** bytes a second, sustained, and the burst above it */
  bytesPerSecond: 4 * 1024 * 1024,
  byteBurst: 64 * 1024 * 1024,
  /** connections of one person to one server */
  connectionsPerPerson: 2000,
  /** bytes waiting in a socket's send buffer */
  sendBuffer: 32 * 1024 * 1024,
  /** bytes of the name or address in front of each frame, where frames have one */
  nameBytes: 1_000,
  /** documents that share one socket (Hocuspocus) */
  documentsPerSocket: 100,
  /** frames of a document that wait for its authentication, bytes of all documents of a socket, and ms that they may */
  unauthenticatedFrames: 100,
  unauthenticatedBytes: 8 * 1024 * 1024,
  authenticationTime: 15_000,
  /** refused documents of a socket, a second and at once */
  refusalsPerSecond: 1,
  refusalBurst: 100,
  /** of one update: structs, ranges of deleted ones (whoever is in sync sends all of the document), and clients */
  updateParts: 200_000,
  updateDeletions: 1_000_000,
  updateClients: 20_000,
  /** clients who wrote in a room, beyond which no new ones may; and clients in a state vector */
  roomClients: 200_000,
  vectorClients: 400_000,
  /** shared types at the root of a room: Yjs walks through them for each item directly in one of them that it writes */
  roomTypes: 1_000,
  /** bytes of edits, and of deletions, in a room that build on others which are not there */
  waitingBytes: 256 * 1024,
  waitingDeletions: 16 * 1024,
  /** bytes on their way from a server to a log that does not take them */
  underWayBytes: 32 * 1024 * 1024,
  /** bytes in the log of a partition that are not committed; if the log is in this process, of all partitions */
  backlogBytes: 256 * 1024 * 1024,
  /** bytes that a worker reads ahead of its commits */
  heldBytes: 64 * 1024 * 1024,
  /** of one person, bytes a second and at once, that are taken while more than half of these wait */
  shareBytesPerSecond: 64 * 1024,
  shareBytes: 1024 * 1024,
  /** bytes from which on a server keeps a document's state for those who join next, of all of them, and ms without a join */
  keptStateFrom: 16 * 1024,
  keptStateBytes: 64 * 1024 * 1024,
  keptStateTime: 10 * 60_000,
  /** ms without words after which a connection's cursors take the short way */
  quietTime: 1_000,
  /** bytes of a room, as one update */
  roomBytes: 32 * 1024 * 1024,
} as const;

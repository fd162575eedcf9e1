// Everything that crosses the channel layer: three discriminated unions. Frames inside them are payloads and stay
// bytes. lib/message-codec.ts turns them into bytes for transports that need it.
import type { ProcessReport } from "#lib/reports.ts";

/** Who a connection belongs to, as stamped by the server from the login session. `color` indexes the palette. */
export interface Member {
  id: string;
  name: string;
  color: number;
}

/** What a connection may do and what it understands. */
export interface ClientOptions {
  allowWrite: boolean;
  allowWriteAwareness: boolean;
  /** Sends SAVED and NOTICE frames, and answers QUERY_AWARENESS with its own state only. */
  extended: boolean;
  /**
   * How the client expects to be answered. `hocuspocus`: one message per frame, nothing before the client's own step 1,
   * which is answered by step 1, step 2 and, if anybody is present, awareness. The server adds and strips addresses.
   */
  framing: "y-websocket" | "hocuspocus";
}

/**
 * A document's state that is large enough to be kept, apart from the payload that starts with it. A server keeps the last one of each
 * room and names it with every `connect`; where it has it, a worker only names it as well.
 */
export interface StatePart {
  /** Index of that payload, which is what comes behind the state. */
  at: number;
  id: string;
  /**
   * Under this ownership (as `term` in `owner`, without what counts gaps) whoever it is addressed to is told of every later edit, and so
   * is their server. Null: the worker does not know them yet.
   */
  term: string | null;
  /** Null: as the server has it. */
  bytes: Uint8Array | null;
}

/**
 * Server to worker. `connection` is a number that the server never reuses; with the server's id it is an address.
 * `sequence` counts the frames of that connection from 1. A `receive` says all that is needed to judge it, so that
 * a worker that replays it after a crash needs nothing from before.
 */
export type RoomMessage =
  | {
      type: "connect";
      room: string;
      connection: number;
      member: Member;
      options: ClientOptions;
      /** The connection is not new: it may have missed something, so send it the state again. */
      resync: boolean;
      /** Id of the room's state that this server keeps. */
      state: string | null;
    }
  | {
      type: "receive";
      room: string;
      connection: number;
      sequence: number;
      userId: string;
      options: ClientOptions;
      /** The server has told this to its own people of the room. */
      relayed: boolean;
      /** The server has answered the step 1 in this with the state that it keeps. */
      answered: boolean;
      payload: Uint8Array;
    }
  /** With the newest clock of each awareness client that a worker had called its own, for workers that never saw them. */
  | { type: "disconnect"; room: string; connection: number; clients: [client: number, clock: number][] }
  | { type: "request"; room: string; request: number; method: string; args: string; bytes: Uint8Array };

/** Worker to one server. `to` lists connections of that server; "all" is every one it has in the room. */
export type ServerMessage =
  | { type: "forward"; room: string; to: number[] | "all"; payloads: Uint8Array[]; state?: StatePart }
  | { type: "close"; room: string; to: number[] | "all"; code: number; reason: string }
  /** Of each of these connections the first `sequence` frames are committed; what one commit settled, over all rooms. */
  | { type: "saved"; frames: [connection: number, sequence: number][] }
  /** These awareness clients are these connections' own: what they say of themselves may be told before it is judged. */
  | { type: "own"; clients: [connection: number, client: number][] }
  | { type: "response"; request: number; error: string | null; body: Uint8Array };

/** Anyone to every server. */
export type Announcement =
  /** A worker owns these partitions; said at takeover and with every beat. A new `term` means: resync its rooms. */
  | { type: "owner"; channel: string; owned: { partition: number; term: string }[] }
  /** Tell the extended clients of a room something that is not part of the document. */
  | { type: "notice"; room: string; notice: Notice }
  /** A server or worker lives; said every few seconds. */
  | { type: "process"; report: ProcessReport }
  /** Close the sockets of a room, of a user, or of a user in a room. */
  | { type: "close"; room: string | null; userId: string | null; code: number; reason: string };

/** Body of a NOTICE frame. */
export type Notice = { kind: "renamed"; title: string; by: string } | { kind: "trashed"; by: string };

/**
 * One append to a partition's log: what one server sent in one turn of its event loop, or under load in a window of some ms
 * (turn-batch.ts); what is larger than 8 MiB is several.
 */
export interface LogEntry {
  partition: number;
  /** Given back to `acknowledge`. */
  id: string;
  server: string;
  messages: RoomMessage[];
}

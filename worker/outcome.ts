// What goes into a room and what comes out of it: frames of connections, and what is to be done about them. The room
// that judges them is room.ts, who carries it out live-room.ts.
import type { ClientOptions, Member } from "#lib/messages.ts";
import type { CloseCode } from "#lib/protocol.ts";

/** A consumer as the room sees it; `id` is unique over all servers. */
export interface Connection {
  id: string;
  member: Member;
  options: ClientOptions;
}

/** One frame that a connection sent, the `sequence`-th of it. It is judged by `options`, connected or not. */
export interface Incoming {
  connection: string;
  sequence: number;
  userId: string;
  options: ClientOptions;
  /** The server that has told this frame to its own people already. */
  relayedBy: string | null;
  /** The server has answered the step 1 in it with the state. */
  answered: boolean;
  frame: Uint8Array;
}

/** A document's state as a message of a frame; the same object for everybody until the next edit. */
export interface WholeState {
  id: string;
  bytes: Uint8Array;
}

/** The client broke the protocol: its connection is closed, nobody else notices. */
export interface Violation {
  connection: string;
  code: CloseCode;
  reason: string;
}

/** An awareness client is this connection's: nobody else may speak for it. */
export interface Claim {
  connection: string;
  client: number;
}

/** What a room wants done after one of its verbs. */
export interface Outcome {
  /** Frames for one connection each; one with a `state` goes on behind that. */
  replies: { connection: string; frame: Uint8Array; state: WholeState | null }[];
  /** Frames for every connection of the room, the sender included. */
  broadcast: Uint8Array[];
  /** Frames for those of them that are not on this server. */
  elsewhere: { except: string; frame: Uint8Array }[];
  claims: Claim[];
  /** Updates to be committed (V1), with the users who wrote them; null if the document did not change. */
  edited: { updates: Uint8Array[]; authors: string[] } | null;
  /** Extended connections to tell, once the document as it is now is committed, that these frames are saved. */
  saved: Map<string, number>;
  violations: Violation[];
  /** How many of the frames it was given were taken. */
  taken: number;
  /** Lines for the log: things that were passed over, and of which connection. */
  ignored: { connection: string; what: string }[];
}

/** An outcome in which nothing is to be done. */
export function nothing(): Outcome {
  return {
    replies: [],
    broadcast: [],
    elsewhere: [],
    claims: [],
    edited: null,
    saved: new Map(),
    violations: [],
    taken: 0,
    ignored: [],
  };
}

/** Bytes of the largest answer to a single connection. */
export function largestReply({ replies }: Outcome): number {
  const sizes = replies.map(({ frame, state }) => frame.length + (state?.bytes.length ?? 0));
  return sizes.reduce((most, size) => Math.max(most, size), 0);
}

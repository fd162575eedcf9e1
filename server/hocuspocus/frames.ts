// Bytes of the framing of Hocuspocus 4 (docs/protocol.md): an address, then a message. Messages 0, 1 and 3 are those of
// y-websocket, so that a room needs to know no address; the others are between the client and this server.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { LIMITS, SYNC } from "#lib/protocol.ts";

export const MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  stateless: 5,
  broadcastStateless: 6,
  close: 7,
  syncStatus: 8,
  ping: 9,
  pong: 10,
} as const;

const AUTH = { token: 0, denied: 1, authenticated: 2 } as const;

/** What a client says about one of its documents. `body` is the message as the room reads it. */
export type ClientMessage =
  | { type: "step1" | "step2" | "update" | "presence"; body: Uint8Array }
  | { type: "auth"; token: string }
  | { type: "stateless"; payload: string }
  | { type: "broadcastStateless" | "close" }
  | { type: "unknown"; number: number };

/** A whole frame: a ping or pong stands alone, everything else belongs to the document of an address. */
export type ClientFrame = { kind: "ping" | "pong" } | { kind: "document"; address: string; message: ClientMessage };

/** Throws on a truncated or malformed frame, or one whose address is too long. */
export function decodeClientFrame(frame: Uint8Array): ClientFrame {
  if (frame.length === 1 && frame[0] === MESSAGE.ping) return { kind: "ping" };
  if (frame.length === 1 && frame[0] === MESSAGE.pong) return { kind: "pong" };
  const decoder = decoding.createDecoder(frame);
  if (decoding.readVarUint(decoding.clone(decoder)) > LIMITS.nameBytes) throw new Error("too long an address");
  const address = decoding.readVarString(decoder);
  return { kind: "document", address, message: decodeMessage(decoder) };
}

function decodeMessage(decoder: decoding.Decoder): ClientMessage {
  const body = decoder.arr.subarray(decoder.pos);
  const number = decoding.readVarUint(decoder);
  switch (number) {
    case MESSAGE.sync:
      return decodeSync(decoding.readVarUint(decoder), body);
    case MESSAGE.awareness:
    case MESSAGE.queryAwareness:
      return { type: "presence", body };
    case MESSAGE.auth:
      if (decoding.readVarUint(decoder) !== AUTH.token) return { type: "unknown", number };
      return { type: "auth", token: decoding.readVarString(decoder) };
    case MESSAGE.stateless:
      return { type: "stateless", payload: decoding.readVarString(decoder) };
    case MESSAGE.broadcastStateless:
      return { type: "broadcastStateless" };
    case MESSAGE.close:
      return { type: "close" };
    default:
      return { type: "unknown", number };
  }
}

function decodeSync(sub: number, body: Uint8Array): ClientMessage {
  if (sub === SYNC.step1) return { type: "step1", body };
  if (sub === SYNC.step2) return { type: "step2", body };
  if (sub === SYNC.update) return { type: "update", body };
  throw new Error(`unknown sync message ${sub}`);
}

function encode(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    write(encoder);
  });
}

export function encodeAuthenticated(allowWrite: boolean): Uint8Array {
  return encode(MESSAGE.auth, (encoder) => {
    encoding.writeVarUint(encoder, AUTH.authenticated);
    encoding.writeVarString(encoder, allowWrite ? "read-write" : "readonly");
  });
}

export function encodeDenied(reason: string): Uint8Array {
  return encode(MESSAGE.auth, (encoder) => {
    encoding.writeVarUint(encoder, AUTH.denied);
    encoding.writeVarString(encoder, reason);
  });
}

export function encodeStateless(payload: string): Uint8Array {
  return encode(MESSAGE.stateless, (encoder) => encoding.writeVarString(encoder, payload));
}

export function encodeClose(reason: string): Uint8Array {
  return encode(MESSAGE.close, (encoder) => encoding.writeVarString(encoder, reason));
}

/** Whether one edit is committed, or refused. */
export function encodeSyncStatus(stored: boolean): Uint8Array {
  return encode(MESSAGE.syncStatus, (encoder) => encoding.writeVarInt(encoder, stored ? 1 : 0));
}

/** Not about a document: it goes out without an address. */
export const PING = Uint8Array.of(MESSAGE.ping);
export const PONG = Uint8Array.of(MESSAGE.pong);

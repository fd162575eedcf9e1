// Bytes of the y-websocket framing (docs/protocol.md): builds single messages and walks through the messages of a
// frame. Knows no Y.Doc; what the bytes mean for a document is the room's and the provider's business.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Notice } from "#lib/messages.ts";
import { FRAME, SYNC } from "#lib/protocol.ts";
import { concat } from "./concat.ts";

/** One message of a frame. An `unknown` one has no known length, so it is always the last of its frame. */
export type FrameMessage =
  | { type: "step1"; stateVector: Uint8Array }
  | { type: "step2" | "update"; update: Uint8Array }
  | { type: "awareness"; update: Uint8Array }
  | { type: "queryAwareness" }
  | { type: "auth" }
  | { type: "saved"; sequence: number }
  | { type: "notice"; notice: Notice }
  | { type: "unknown"; number: number };

function encode(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode(write);
}

function encodeSync(sub: number, body: Uint8Array): Uint8Array {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.sync);
    encoding.writeVarUint(encoder, sub);
    encoding.writeVarUint8Array(encoder, body);
  });
}

export const encodeStep1 = (stateVector: Uint8Array): Uint8Array => encodeSync(SYNC.step1, stateVector);
export const encodeStep2 = (update: Uint8Array): Uint8Array => encodeSync(SYNC.step2, update);
export const encodeUpdate = (update: Uint8Array): Uint8Array => encodeSync(SYNC.update, update);

export function encodeAwareness(update: Uint8Array): Uint8Array {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.awareness);
    encoding.writeVarUint8Array(encoder, update);
  });
}

export const encodeQueryAwareness = (): Uint8Array => Uint8Array.of(FRAME.queryAwareness);

export function encodeRefused(reason: string): Uint8Array {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.auth);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, reason);
  });
}

export function encodeSaved(sequence: number): Uint8Array {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.saved);
    encoding.writeVarUint(encoder, sequence);
  });
}

export function encodeNotice(notice: Notice): Uint8Array {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.notice);
    encoding.writeVarString(encoder, JSON.stringify(notice));
  });
}

/** Several messages in one frame, in order. */
export function joinMessages(messages: Uint8Array[]): Uint8Array {
  const only = messages[0];
  if (messages.length === 1 && only) return only;
  return concat(messages);
}

/** The messages of a frame, in order. Throws on a truncated or malformed one, after yielding those before it. */
export function* decodeFrame(frame: Uint8Array): Generator<FrameMessage> {
  const decoder = decoding.createDecoder(frame);
  while (decoding.hasContent(decoder)) {
    const message = decodeMessage(decoder);
    yield message;
    if (message.type === "auth" || message.type === "unknown") return;
  }
}

/** Whether a frame is about who is present, and about nothing else. */
export function isOfPresence(frame: Uint8Array): boolean {
  if (frame[0] !== FRAME.awareness && frame[0] !== FRAME.queryAwareness) return false;
  try {
    return [...decodeFrame(frame)].every(({ type }) => type === "awareness" || type === "queryAwareness");
  } catch {
    return false;
  }
}

function decodeMessage(decoder: decoding.Decoder): FrameMessage {
  const number = decoding.readVarUint(decoder);
  switch (number) {
    case FRAME.sync:
      return decodeSync(decoder);
    case FRAME.awareness:
      return { type: "awareness", update: decoding.readVarUint8Array(decoder) };
    case FRAME.auth:
      return { type: "auth" };
    case FRAME.queryAwareness:
      return { type: "queryAwareness" };
    case FRAME.saved:
      return { type: "saved", sequence: decoding.readVarUint(decoder) };
    case FRAME.notice:
      return { type: "notice", notice: JSON.parse(decoding.readVarString(decoder)) as Notice };
    default:
      return { type: "unknown", number };
  }
}

function decodeSync(decoder: decoding.Decoder): FrameMessage {
  const sub = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  switch (sub) {
    case SYNC.step1:
      return { type: "step1", stateVector: body };
    case SYNC.step2:
      return { type: "step2", update: body };
    case SYNC.update:
      return { type: "update", update: body };
    default:
      throw new Error(`unknown sync message ${sub}`);
  }
}

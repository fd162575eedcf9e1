// The two framings that targets speak: y-websocket's, and Hocuspocus', whose frames start with the document's name.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

export type Dialect = "y-websocket" | "hocuspocus";

/** What a frame of a server means for the load; the rest is passed over. */
export type Heard =
  | { kind: "step 1"; body: Uint8Array }
  | { kind: "step 2" | "update" | "awareness"; body: Uint8Array }
  | { kind: "saved"; frames: number }
  | { kind: "refused" | "other" };

const NO_STRUCTS = Uint8Array.of(0, 0);
const EMPTY_STATE_VECTOR = Uint8Array.of(0);

function encode(dialect: Dialect, room: string, write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    if (dialect === "hocuspocus") encoding.writeVarString(encoder, room);
    write(encoder);
  });
}

function encodeSync(dialect: Dialect, room: string, step: 0 | 1 | 2, body: Uint8Array): Uint8Array {
  return encode(dialect, room, (encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
  });
}

/** What a client without content says when the socket is open: who it is, if the dialect wants that, and step 1. */
export function encodeHello(dialect: Dialect, room: string, stateVector = EMPTY_STATE_VECTOR): Uint8Array[] {
  const step1 = encodeSync(dialect, room, 0, stateVector);
  if (dialect === "y-websocket") return [step1];
  const auth = encode(dialect, room, (encoder) => {
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, "bench");
  });
  return [auth, step1];
}

export function encodeUpdate(dialect: Dialect, room: string, update: Uint8Array): Uint8Array {
  return encodeSync(dialect, room, 2, update);
}

/** The answer of a client without content to a server's step 1. */
export function encodeNothing(dialect: Dialect, room: string): Uint8Array {
  return encodeSync(dialect, room, 1, NO_STRUCTS);
}

export function encodeAwareness(dialect: Dialect, room: string, update: Uint8Array): Uint8Array {
  return encode(dialect, room, (encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, update);
  });
}

const SYNC_KINDS = ["step 1", "step 2", "update"] as const;

/** Reads every message in a frame. Throws if it is malformed. */
export function decodeFrame(dialect: Dialect, frame: Uint8Array): Heard[] {
  const decoder = decoding.createDecoder(frame);
  if (dialect === "hocuspocus") {
    if (frame.length === 1) return [];
    decoding.readVarString(decoder);
  }
  const heard: Heard[] = [];
  while (decoding.hasContent(decoder)) {
    const type = decoding.readVarUint(decoder);
    if (type === 0) {
      const kind = SYNC_KINDS[decoding.readVarUint(decoder)];
      if (!kind) throw new Error("unknown sync message");
      heard.push({ kind, body: decoding.readVarUint8Array(decoder) });
    } else if (type === 1) {
      heard.push({ kind: "awareness", body: decoding.readVarUint8Array(decoder) });
    } else if (type === 120) {
      heard.push({ kind: "saved", frames: decoding.readVarUint(decoder) });
    } else if (type === 2 && decoding.readVarUint(decoder) === (dialect === "hocuspocus" ? 1 : 0)) {
      return [...heard, { kind: "refused" }];
    } else {
      return [...heard, { kind: "other" }];
    }
  }
  return heard;
}

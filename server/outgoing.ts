// What is written to sockets: frames that are encoded once, however many sockets get them. Which sockets is the
// business of consumers.ts.
import * as encoding from "lib0/encoding";

/** Bytes up to which frames are copied into one buffer; a copy of more costs more than a buffer of its own. */
const SMALL = 16_384;
/** First byte of a binary WebSocket message that is one frame. */
const BINARY = 0x82;

/** A payload in pieces: one of them may be large, and is not copied. */
export type Pieces = readonly [Uint8Array, ...Uint8Array[]];

/** Each of `payloads` as one binary WebSocket message, ready for the wire. */
export function encodeWebSocketFrames(payloads: readonly Pieces[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (const pieces of payloads) parts.push(header(sizeOf(pieces)), ...pieces);
  const bytes = sizeOf(parts);
  return bytes <= SMALL ? [Buffer.concat(parts, bytes)] : parts;
}

/** What a server's frame of so many bytes starts with, which is not masked (RFC 6455, 5.2). */
function header(length: number): Uint8Array {
  if (length < 126) return Uint8Array.of(BINARY, length);
  if (length < 65_536) return Uint8Array.of(BINARY, 126, length >> 8, length & 255);
  const head = Buffer.alloc(10);
  head[0] = BINARY;
  head[1] = 127;
  head.writeUIntBE(length, 4, 6);
  return head;
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** An address in front of a frame: a varString. */
export function encodeAddress(address: string): Uint8Array {
  return encoding.encode((encoder) => encoding.writeVarString(encoder, address));
}

/** Payloads that go to one or many sockets in this order, each as a frame of its own. */
export class Outgoing {
  readonly payloads: readonly Pieces[];
  #plain: Uint8Array[] | null = null;
  #addressed: Map<string, Uint8Array[]> | null = null;

  /** `state` is what the payload `at` starts with. */
  constructor(payloads: readonly Uint8Array[], state: { at: number; bytes: Uint8Array } | null = null) {
    this.payloads = payloads.map((payload, index) => (state?.at === index ? [state.bytes, payload] : [payload]));
  }

  get bytes(): number {
    return this.payloads.reduce((sum, pieces) => sum + sizeOf(pieces), 0);
  }

  /** The bytes for every socket whose frames carry no address. */
  plain(): Uint8Array[] {
    this.#plain ??= encodeWebSocketFrames(this.payloads);
    return this.#plain;
  }

  /** The bytes for every socket whose frames start with this address. */
  addressed(address: string): Uint8Array[] {
    this.#addressed ??= new Map();
    let bytes = this.#addressed.get(address);
    if (!bytes) {
      const front = encodeAddress(address);
      bytes = encodeWebSocketFrames(this.payloads.map((pieces) => [front, ...pieces]));
      this.#addressed.set(address, bytes);
    }
    return bytes;
  }
}

// What is written to sockets: frames that are encoded once, however many sockets get them. Which sockets is the
// business of consumers.ts.
import * as encoding from "lib0/encoding";
import { Sender } from "ws";

/** Bytes up to which frames are copied into one buffer; a copy of more costs more than a buffer of its own. */
const SMALL = 16_384;

/** Each of `payloads` as one binary WebSocket message, ready for the wire. */
export function encodeWebSocketFrames(payloads: readonly Uint8Array[]): Buffer[] {
  const options = { fin: true, rsv1: false, opcode: 2, mask: false, readOnly: true };
  const parts = payloads.flatMap((payload) => Sender.frame(payload, options));
  const bytes = parts.reduce((sum, { length }) => sum + length, 0);
  return bytes <= SMALL ? [Buffer.concat(parts, bytes)] : parts;
}

/** `bytes` behind a varString. */
export function withAddress(address: string, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, address);
    encoding.writeUint8Array(encoder, bytes);
  });
}

/** Payloads that go to one or many sockets in this order, each as a frame of its own. */
export class Outgoing {
  readonly payloads: readonly Uint8Array[];
  #plain: Buffer[] | null = null;
  #addressed: Map<string, Buffer[]> | null = null;

  constructor(payloads: readonly Uint8Array[]) {
    this.payloads = payloads;
  }

  /** The bytes for every socket whose frames carry no address. */
  plain(): Buffer[] {
    this.#plain ??= encodeWebSocketFrames(this.payloads);
    return this.#plain;
  }

  /** The bytes for every socket whose frames start with this address. */
  addressed(address: string): Buffer[] {
    this.#addressed ??= new Map();
    let bytes = this.#addressed.get(address);
    if (!bytes) {
      bytes = encodeWebSocketFrames(this.payloads.map((payload) => withAddress(address, payload)));
      this.#addressed.set(address, bytes);
    }
    return bytes;
  }
}

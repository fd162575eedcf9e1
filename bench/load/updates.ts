// Yjs updates (V1) made and read by hand: inserting one character costs a microsecond, and what arrives is decoded to
// which characters of whom it holds. Anything unusual is left to Yjs.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

/** Root type into which the load writes. */
export const ROOT = "bench";

const STRING = 4;
const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_PARENT_SUB = 0x20;

/** The update by which `client` types one ASCII character behind its own previous one; `clock` counts from 0. */
export function encodeInsert(client: number, clock: number, character: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  if (clock === 0) {
    encoding.writeUint8(encoder, STRING);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, ROOT);
  } else {
    encoding.writeUint8(encoder, STRING | HAS_ORIGIN);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock - 1);
  }
  encoding.writeVarString(encoder, character);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

/** Characters `clock` to `clock + length - 1` of a client. */
export interface Range {
  client: number;
  clock: number;
  length: number;
}

/** What an update brings, whoever merged it. Throws if it is malformed. */
export function decodeRanges(update: Uint8Array): Range[] {
  return decodeStrings(update) ?? decodeByYjs(update);
}

/** For updates that hold nothing but inserted strings; null if there is anything else in it. */
function decodeStrings(update: Uint8Array): Range[] | null {
  const ranges: Range[] = [];
  const decoder = decoding.createDecoder(update);
  const clients = decoding.readVarUint(decoder);
  for (let i = 0; i < clients; i++) {
    const structs = decoding.readVarUint(decoder);
    const client = decoding.readVarUint(decoder);
    let clock = decoding.readVarUint(decoder);
    for (let j = 0; j < structs; j++) {
      const info = decoding.readUint8(decoder);
      if ((info & 0x1f) !== STRING || (info & HAS_PARENT_SUB) !== 0) return null;
      const origins = (info & HAS_ORIGIN ? 1 : 0) + (info & HAS_RIGHT_ORIGIN ? 1 : 0);
      for (let k = 0; k < origins * 2; k++) decoding.readVarUint(decoder);
      if (origins === 0) {
        if (decoding.readVarUint(decoder) !== 1) return null;
        decoding.readVarString(decoder);
      }
      const { length } = decoding.readVarString(decoder);
      ranges.push({ client, clock, length });
      clock += length;
    }
  }
  return ranges;
}

function decodeByYjs(update: Uint8Array): Range[] {
  return Y.decodeUpdate(update)
    .structs.filter((struct) => !(struct instanceof Y.Skip))
    .map(({ id, length }) => ({ client: id.client, clock: id.clock, length }));
}

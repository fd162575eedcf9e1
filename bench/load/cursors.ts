// Awareness updates made and read by hand: a cursor that moves, and whose cursors (and how new) a message holds.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** An awareness update in which `client` says where its cursor is; `clock` counts from 1. */
export function encodeCursor(client: number, clock: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    const at = { type: null, tname: "bench", item: { client, clock }, assoc: 0 };
    encoding.writeVarString(encoder, JSON.stringify({ cursor: { anchor: at, head: at } }));
  });
}

/** The newest clock of each client in an awareness update. Throws if it is malformed. */
export function decodeCursors(update: Uint8Array): { client: number; clock: number }[] {
  const decoder = decoding.createDecoder(update);
  const count = decoding.readVarUint(decoder);
  return Array.from({ length: count }, () => {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    decoding.readVarUint8Array(decoder);
    return { client, clock };
  });
}

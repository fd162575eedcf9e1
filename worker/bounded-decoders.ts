// Bounds on what one update may hold. A frame is bounded in bytes, but a struct may have as few as four of them (or, in
// the second version, next to none), each client that a document knows makes every later edit slower, and all rooms of
// a worker wait while one update is taken apart.
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { TooMuch } from "./taken.ts";

function tooMany(): never {
  const { updateParts, updateDeletions } = LIMITS;
  throw new TooMuch(CLOSE.tooLarge, `an update has at most ${updateParts} parts and ${updateDeletions} deletions`);
}

/** Counts structs and ranges of deleted ones. */
export class BoundedDecoderV1 extends Y.UpdateDecoderV1 {
  #parts: number = LIMITS.updateParts;
  #deletions: number = LIMITS.updateDeletions;

  override readInfo(): number {
    if (--this.#parts < 0) tooMany();
    return super.readInfo();
  }

  override readDsLen(): number {
    if (--this.#deletions < 0) tooMany();
    return super.readDsLen();
  }
}

/** The second version writes what repeats only once, so that a few bytes could stand for billions of structs. */
export class BoundedDecoderV2 extends Y.UpdateDecoderV2 {
  #parts: number = LIMITS.updateParts;
  #deletions: number = LIMITS.updateDeletions;

  override readInfo(): number {
    if (--this.#parts < 0) tooMany();
    return super.readInfo();
  }

  override readDsLen(): number {
    if (--this.#deletions < 0) tooMany();
    return super.readDsLen();
  }
}

/**
 * To be asked before an update is applied. Yjs makes room for as many structs as a client says there are before it reads
 * them, so the numbers are checked first; of one client's update, which is what typing sends, that costs nothing.
 * Answers of how many clients it holds structs: of none, if it only deletes. Throws TooMuch, or whatever is wrong with
 * the bytes.
 */
export function checkUpdate(update: Uint8Array, version: 1 | 2): number {
  if (mayBeEndless(update)) checkNumbers(Y.decodeUpdateV2(update, version === 1 ? BoundedDecoderV1 : BoundedDecoderV2));
  if (version === 2) return checkClients(Y.parseUpdateMetaV2(update, BoundedDecoderV2).to.size);
  const decoder = decoding.createDecoder(update);
  const clients = checkClients(decoding.readVarUint(decoder));
  if (clients > 1) Y.parseUpdateMetaV2(update, BoundedDecoderV1);
  else if (clients === 1 && decoding.readVarUint(decoder) > Math.min(LIMITS.updateParts, update.length)) tooMany();
  return clients;
}

/**
 * Sixteen bytes of a number that goes on and adds nothing. lib0 reads any amount of them, and answers Infinity after 145,
 * which Yjs would write without end. No text has such bytes; other content may.
 */
const ENDLESS = Buffer.alloc(16, 0x80);

export function mayBeEndless(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(ENDLESS);
}

function checkNumbers({ structs, ds }: ReturnType<typeof Y.decodeUpdate>): void {
  const numbers = structs.flatMap((struct) => {
    const ids = struct instanceof Y.Item ? [struct.origin, struct.rightOrigin, struct.parent] : [];
    const others = ids.flatMap((id) => (id instanceof Y.ID ? [id.client, id.clock] : []));
    return [struct.id.client, struct.id.clock, struct.length, ...others];
  });
  for (const [client, deletions] of ds.clients) {
    numbers.push(client, ...deletions.flatMap(({ clock, len }) => [clock, len]));
  }
  if (!numbers.every(Number.isSafeInteger)) throw new Error("an update with a number that is no natural number");
}

function checkClients(clients: number): number {
  if (clients > LIMITS.updateClients)
    throw new TooMuch(CLOSE.tooLarge, `an update has at most ${LIMITS.updateClients} clients`);
  return clients;
}

/** Throws TooMuch; says nothing of whether the rest can be read. */
export function checkStateVector(stateVector: Uint8Array): void {
  const clients = decoding.readVarUint(decoding.createDecoder(stateVector));
  if (clients <= LIMITS.vectorClients) return;
  throw new TooMuch(CLOSE.tooLarge, `a state vector has at most ${LIMITS.vectorClients} clients`);
}

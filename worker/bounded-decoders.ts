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

/** What an update holds. */
export interface Checked {
  /** How many clients it has structs of: none, if it only deletes. */
  clients: number;
  /** Names of the shared types at the root that it writes into. */
  roots: Set<string>;
}

/**
 * To be asked before an update is applied: Yjs makes room for as many structs as it is told of, and takes lengths and numbers
 * that it cannot write, or read again, so that what is stored would open for nobody. Throws TooMuch, or whatever is
 * wrong with the bytes. Costs about a µs for what typing sends.
 */
export function checkUpdate(update: Uint8Array, version: 1 | 2): Checked {
  const { structs, ds } = Y.decodeUpdateV2(update, version === 1 ? BoundedDecoderV1 : BoundedDecoderV2);
  const roots = new Set<string>();
  let [clients, last] = [0, -1];
  for (const struct of structs) {
    checkRange(struct.id.client, struct.id.clock, struct.length);
    if (struct.id.client !== last && ++clients > LIMITS.updateClients) {
      throw new TooMuch(CLOSE.tooLarge, `an update has at most ${LIMITS.updateClients} clients`);
    }
    last = struct.id.client;
    if (!(struct instanceof Y.Item)) continue;
    for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
      if (id instanceof Y.ID) checkRange(id.client, id.clock, 1);
      else if (typeof id === "string") roots.add(id);
    }
  }
  for (const [client, deletions] of ds.clients) for (const { clock, len } of deletions) checkRange(client, clock, len);
  return { clients, roots };
}

function checkRange(client: number, clock: number, length: number): void {
  if (Number.isSafeInteger(client) && length > 0 && Number.isSafeInteger(clock + length)) return;
  throw new Error("an update with a number that is no natural number, or with nothing of some length");
}

/** Throws TooMuch; says nothing of whether the rest can be read. */
export function checkStateVector(stateVector: Uint8Array): void {
  const clients = decoding.readVarUint(decoding.createDecoder(stateVector));
  if (clients <= LIMITS.vectorClients) return;
  throw new TooMuch(CLOSE.tooLarge, `a state vector has at most ${LIMITS.vectorClients} clients`);
}

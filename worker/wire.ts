// A room's document as bytes: what goes over the wire, in the room type's protocol version, and what is stored, always
// in V1. Who is told what is room.ts' business.
import type * as decoding from "lib0/decoding";
import * as Y from "yjs";

/** What a transaction changed; the two are the same array where the wire speaks V1. */
export interface Edits {
  stored: Uint8Array[];
  sent: Uint8Array[];
}

/** Structs that an update of the second version may hold beyond one for each of its bytes. */
const FREE_STRUCTS = 10_000;

/** The second version writes what repeats only once, so that a few bytes could stand for billions of structs. */
class BoundedDecoder extends Y.UpdateDecoderV2 {
  #left: number;

  constructor(decoder: decoding.Decoder) {
    super(decoder);
    this.#left = FREE_STRUCTS + decoder.arr.length;
  }

  /** Called once for each struct. */
  override readInfo(): number {
    if (--this.#left < 0) throw new Error("an update holds more structs than its size allows");
    return super.readInfo();
  }
}

/** Costs nothing beyond Yjs where the version is 1. */
export class Wire {
  readonly #doc: Y.Doc;
  readonly #version: 1 | 2;
  /** The whole state, encoded once for all who join before the next edit. */
  #state: Uint8Array | null = null;
  #stateV2: Uint8Array | null = null;
  #emitted: Uint8Array[] = [];
  #emittedV2: Uint8Array[] = [];

  /** Listens from now on: what the document holds already is no edit. */
  constructor(doc: Y.Doc, version: 1 | 2) {
    this.#doc = doc;
    this.#version = version;
    doc.on("update", (update: Uint8Array) => {
      this.#state = null;
      this.#emitted.push(update);
    });
    if (version === 1) return;
    doc.on("updateV2", (update: Uint8Array) => {
      this.#stateV2 = null;
      this.#emittedV2.push(update);
    });
  }

  /** Everything since the last call. */
  takeEdits(): Edits {
    const stored = this.#emitted.splice(0);
    return { stored, sent: this.#version === 1 ? stored : this.#emittedV2.splice(0) };
  }

  /** The whole document as one update (V1); cached until the next edit. */
  encodeStored(): Uint8Array {
    this.#state ??= Y.encodeStateAsUpdate(this.#doc);
    return this.#state;
  }

  /** The whole document as clients want it; cached until the next edit. */
  encodeState(): Uint8Array {
    if (this.#version === 1) return this.encodeStored();
    this.#stateV2 ??= Y.encodeStateAsUpdateV2(this.#doc);
    return this.#stateV2;
  }

  /** What somebody with this state vector lacks. State vectors are the same in both versions. */
  encodeDiff(stateVector: Uint8Array): Uint8Array {
    return this.#version === 1
      ? Y.encodeStateAsUpdate(this.#doc, stateVector)
      : Y.encodeStateAsUpdateV2(this.#doc, stateVector);
  }

  /** Applies a client's update. Throws if it is malformed. */
  apply(update: Uint8Array): void {
    if (this.#version === 1) Y.applyUpdate(this.#doc, update);
    else Y.applyUpdateV2(this.#doc, update, undefined, BoundedDecoder);
  }

  /** A client's update as it is stored. */
  toStored(update: Uint8Array): Uint8Array {
    return this.#version === 1 ? update : Y.convertUpdateFormatV2ToV1(update);
  }
}

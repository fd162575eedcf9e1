// A room's document as bytes: what goes over the wire, in the room type's protocol version, and what is stored, always
// in V1. Who is told what is room.ts' business.
import * as Y from "yjs";
import { BoundedDecoderV1, BoundedDecoderV2, checkUpdate } from "./bounded-decoders.ts";

/** What a transaction changed; the two are the same array where the wire speaks V1. */
export interface Edits {
  stored: Uint8Array[];
  sent: Uint8Array[];
}

/** Costs nothing beyond Yjs where the version is 1. */
export class Wire {
  readonly #doc: Y.Doc;
  readonly #version: 1 | 2;
  /** The whole state, encoded once for all who join before the next edit. */
  #state: Uint8Array | null = null;
  #stateV2: Uint8Array | null = null;
  #stateVector: Uint8Array | null = null;
  #emitted: Uint8Array[] = [];
  #emittedV2: Uint8Array[] = [];

  /** Listens from now on: what the document holds already is no edit. */
  constructor(doc: Y.Doc, version: 1 | 2) {
    this.#doc = doc;
    this.#version = version;
    doc.on("update", (update: Uint8Array) => {
      this.#state = null;
      this.#stateVector = null;
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

  /** What the document holds, which is the same in both versions; cached until the next edit. */
  encodeStateVector(): Uint8Array {
    this.#stateVector ??= Y.encodeStateVector(this.#doc);
    return this.#stateVector;
  }

  /** What somebody with this state vector lacks. */
  encodeDiff(stateVector: Uint8Array): Uint8Array {
    return this.#version === 1
      ? Y.encodeStateAsUpdate(this.#doc, stateVector)
      : Y.encodeStateAsUpdateV2(this.#doc, stateVector);
  }

  /** Whether a client's update writes something, rather than only deleting. Throws TooMuch, or if it is malformed. */
  check(update: Uint8Array): boolean {
    return checkUpdate(update, this.#version) > 0;
  }

  /** Whether all of a client's update is in the document already. */
  holds(update: Uint8Array): boolean {
    return Y.snapshotContainsUpdate(Y.snapshot(this.#doc), this.toStored(update));
  }

  /** Applies a client's update that was checked. Throws if it is malformed, or TooMuch. */
  apply(update: Uint8Array): void {
    Y.applyUpdateV2(this.#doc, update, undefined, this.#version === 1 ? BoundedDecoderV1 : BoundedDecoderV2);
  }

  /** A client's update as it is stored. */
  toStored(update: Uint8Array): Uint8Array {
    return this.#version === 1 ? update : Y.convertUpdateFormatV2ToV1(update);
  }
}

// A room's document as bytes: what goes over the wire, in the room type's protocol version, and what is stored, always
// in V1. Who is told what is room.ts' business.
import * as Y from "yjs";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { BoundedDecoderV1, BoundedDecoderV2, checkUpdate } from "./bounded-decoders.ts";
import { TooMuch } from "./taken.ts";

/** What a transaction changed; the two are the same array where the wire speaks V1. */
export interface Edits {
  stored: Uint8Array[];
  sent: Uint8Array[];
}

/** Diffs that are kept until the next edit. */
const DIFFS = 16;
/** Bytes of a client's update that is remembered. */
const REMEMBERED = 1024 * 1024;

/** Costs nothing beyond Yjs where the version is 1. */
export class Wire {
  readonly #doc: Y.Doc;
  readonly #version: 1 | 2;
  /** The whole state, encoded once for all who join before the next edit. */
  #state: Uint8Array | null = null;
  #stateV2: Uint8Array | null = null;
  #stateVector: Uint8Array | null = null;
  /** By the bytes of the state vector: a server that restarts brings back many who know the same. */
  #diffs = new Map<string, Uint8Array>();
  /** All that the document holds and has deleted, to look an update up in. */
  #snapshot: Y.Snapshot | null = null;
  /** A client's update that brought nothing, and so will bring nothing later. */
  #old: Uint8Array | null = null;
  #emitted: Uint8Array[] = [];
  #emittedV2: Uint8Array[] = [];

  /** Listens from now on: what the document holds already is no edit. */
  constructor(doc: Y.Doc, version: 1 | 2) {
    this.#doc = doc;
    this.#version = version;
    doc.on("update", (update: Uint8Array) => {
      this.forget();
      this.#emitted.push(update);
    });
    if (version === 2) doc.on("updateV2", (update: Uint8Array) => this.#emittedV2.push(update));
  }

  /** What was encoded is not all any more. Yjs says so itself of every edit, but not of one that only waits for others. */
  forget(): void {
    this.#snapshot = null;
    this.#state = null;
    this.#stateV2 = null;
    this.#stateVector = null;
    this.#diffs.clear();
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

  /** What somebody with this state vector lacks; the same bytes for those who know the same, until the next edit. */
  encodeDiff(stateVector: Uint8Array): Uint8Array {
    const key = Buffer.from(stateVector.buffer, stateVector.byteOffset, stateVector.length).toString("latin1");
    let diff = this.#diffs.get(key);
    if (!diff) {
      const encode = this.#version === 1 ? Y.encodeStateAsUpdate : Y.encodeStateAsUpdateV2;
      diff = encode(this.#doc, stateVector);
      if (this.#diffs.size < DIFFS) this.#diffs.set(key, diff);
    }
    return diff;
  }

  /** Whether a client's update writes something, rather than only deleting. Throws TooMuch, or if it is malformed. */
  check(update: Uint8Array): boolean {
    const { clients, roots } = checkUpdate(update, this.#version);
    const { share } = this.#doc;
    const news = [...roots].filter((name) => !share.has(name));
    if (news.length > 0 && share.size + news.length > LIMITS.roomTypes) {
      throw new TooMuch(CLOSE.tooLarge, `a room has at most ${LIMITS.roomTypes} shared types`);
    }
    return clients > 0;
  }

  /**
   * Whether a client's update is one that is known to be in the document already: whoever is in sync answers step 1 with
   * the same deletions, and they are looked at once.
   */
  isOld(update: Uint8Array): boolean {
    return this.#old !== null && Buffer.compare(this.#old, update) === 0;
  }

  /** This one brought nothing. */
  remember(update: Uint8Array): void {
    // A copy: it may be a small part of something large.
    if (update.length <= REMEMBERED) this.#old = update.slice();
  }

  /** Whether all of a client's update is in the document already. */
  holds(update: Uint8Array): boolean {
    if (this.isOld(update)) return true;
    this.#snapshot ??= Y.snapshot(this.#doc);
    const held = Y.snapshotContainsUpdate(this.#snapshot, this.toStored(update));
    if (held) this.remember(update);
    return held;
  }

  /** Whose structs a client's update holds. */
  clientsOf(update: Uint8Array): Iterable<number> {
    const meta = this.#version === 1 ? Y.parseUpdateMeta(update) : Y.parseUpdateMetaV2(update);
    return meta.to.keys();
  }

  /** Applies a client's update that was checked. Throws if it is malformed, or TooMuch. */
  apply(update: Uint8Array): void {
    // What is encoded is told to be old when the whole batch is applied; this is asked about within it.
    this.#snapshot = null;
    Y.applyUpdateV2(this.#doc, update, undefined, this.#version === 1 ? BoundedDecoderV1 : BoundedDecoderV2);
  }

  /** A client's update as it is stored. */
  toStored(update: Uint8Array): Uint8Array {
    return this.#version === 1 ? update : Y.convertUpdateFormatV2ToV1(update);
  }
}

// A room: one Y.Doc and who is present, as a pure thing. Bytes come in, an Outcome comes out; it sends nothing,
// stores nothing, waits for nothing and asks no clock. worker/live-room.ts wires it to the rest.
import * as Y from "yjs";
import {
  decodeFrame,
  encodeAwareness,
  encodeQueryAwareness,
  encodeRefused,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  type FrameMessage,
} from "#lib/frames.ts";
import type { ClientOptions } from "#lib/messages.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import type { RoomType } from "#lib/room-types.ts";
import { checkStateVector } from "./bounded-decoders.ts";
import { type Connection, type Incoming, nothing, type Outcome } from "./outcome.ts";
import { Presence } from "./presence.ts";
import { RoomSize, TooLarge, TooMuchWaiting } from "./room-size.ts";
import { Frames, Joiner } from "./same-frames.ts";
import { bytesWaiting, isWaitingMore, keepWaiting, restoreWaiting } from "./waiting.ts";
import { Wire } from "./wire.ts";

/** Messages for one connection, encoded when the whole batch is applied. */
type Answer = () => Uint8Array[];

/** What one batch has brought so far. */
interface Taken {
  outcome: Outcome;
  now: number;
  /** Clients whose awareness changed; `heard` even if none did, because an awareness message is always echoed. */
  present: number[];
  heard: boolean;
  authors: Set<string>;
  /** Updates that build on edits which are not here yet. */
  waiting: Uint8Array[];
  asked: { connection: string; options: ClientOptions; answers: Answer[] }[];
}

export class Room {
  readonly name: string;
  readonly #type: RoomType;
  readonly #doc = new Y.Doc();
  readonly #presence = new Presence();
  readonly #connections = new Map<string, Connection>();
  readonly #frames = new Frames();
  readonly #wire: Wire;
  readonly #size = new RoomSize();
  /** Connections of which an edit waits for others that are not here: nothing later of them is called saved. */
  readonly #waiting = new Set<string>();

  /** Builds the room from what is stored. Throws if any of the updates cannot be read. */
  constructor(name: string, type: RoomType, stored: Uint8Array[] = []) {
    this.name = name;
    this.#type = type;
    if (stored.length > 0) {
      this.#doc.transact(() => {
        for (const update of stored) Y.applyUpdate(this.#doc, update);
      });
    }
    this.#size.add(stored);
    this.#wire = new Wire(this.#doc, type.protocolVersion);
  }

  get connections(): ReadonlyMap<string, Connection> {
    return this.#connections;
  }

  /** The document, for worker/document-api.ts. Do not edit it from there. */
  get doc(): Y.Doc {
    return this.#doc;
  }

  /** The whole document as one update (V1); cached until the next edit. */
  encodeState(): Uint8Array {
    return this.#wire.encodeStored();
  }

  /** A connection joins, or (`resync`) may have missed something while it was connected all along. */
  connect(connection: Connection, resync = false): Outcome {
    const outcome = nothing();
    this.#connections.set(connection.id, connection);
    const { framing, extended } = connection.options;
    const messages: Uint8Array[] = [];
    if (resync || (this.#type.serverStartSync && framing !== "hocuspocus")) messages.push(this.#step1());
    if (resync) {
      messages.push(this.#frames.of(this.#wire.encodeState(), encodeStep2));
      // Hocuspocus' client would answer with everybody's states, and so take them for its own.
      if (extended && framing !== "hocuspocus") messages.push(encodeQueryAwareness());
    }
    if (messages.length > 0 && this.#presence.size > 0) messages.push(this.#everybody());
    this.#reply(outcome, connection.id, connection.options, messages);
    return outcome;
  }

  /** Takes everything that is waiting: N updates become one broadcast and one commit. */
  receive(batch: Incoming[], now: number): Outcome {
    const taken: Taken = {
      outcome: nothing(),
      now,
      present: [],
      heard: false,
      authors: new Set(),
      waiting: [],
      asked: [],
    };
    this.#doc.transact((transaction) => {
      for (const incoming of batch) this.#takeFrame(incoming, transaction, taken);
    });

    const { outcome, present, heard, authors, waiting, asked } = taken;
    const { stored, sent } = this.#wire.takeEdits();
    this.#size.add(stored);
    for (const update of sent) outcome.broadcast.push(encodeUpdate(update));
    if (heard) outcome.broadcast.push(encodeAwareness(this.#presence.encodeChanges(present)));
    if (stored.length + waiting.length > 0) {
      outcome.edited = { updates: [...stored, ...waiting], authors: [...authors] };
    }
    const joiner = new Joiner();
    for (const { connection, options, answers } of asked) {
      const messages = answers.flatMap((answer) => answer());
      this.#reply(outcome, connection, options, messages, joiner);
    }
    return outcome;
  }

  /** An edit (V1) by the rest of the app: told to everybody and committed like those of clients. */
  edit(update: Uint8Array, author: string): Outcome {
    const outcome = nothing();
    const complete = this.#apply(() => Y.applyUpdate(this.#doc, update));
    const { stored, sent } = this.#wire.takeEdits();
    this.#size.add(stored);
    for (const edit of sent) outcome.broadcast.push(encodeUpdate(edit));
    const updates = complete ? stored : [...stored, update];
    if (updates.length > 0) outcome.edited = { updates, authors: [author] };
    return outcome;
  }

  /** Judges every message of a frame by itself; what comes after a malformed one is not looked at. */
  #takeFrame(incoming: Incoming, transaction: Y.Transaction, taken: Taken): void {
    const { connection, options } = incoming;
    const answers: Answer[] = [];
    try {
      for (const message of decodeFrame(incoming.frame)) {
        switch (message.type) {
          case "step1":
            answers.push(this.#answerStep1(message.stateVector, options));
            break;
          case "step2":
          case "update":
            if (options.allowWrite) this.#edit(incoming, message, transaction, taken, answers);
            else if (message.type === "step2") this.#confirmReader(incoming, message.update, taken.outcome);
            break;
          case "awareness":
            this.#hear(incoming, message.update, taken);
            break;
          case "queryAwareness":
            answers.push(() => [this.#everybody()]);
            break;
          default:
            this.#passOver(connection, message, answers, taken.outcome);
        }
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const isLimit = error instanceof TooLarge || error instanceof TooMuchWaiting;
      const code = isLimit ? error.close : CLOSE.protocolViolation;
      taken.outcome.violations.push({ connection, code, reason });
    }
    if (answers.length > 0) taken.asked.push({ connection, options, answers });
  }

  #edit(
    { connection, sequence, userId, options }: Incoming,
    { type, update }: Extract<FrameMessage, { type: "step2" | "update" }>,
    transaction: Y.Transaction,
    { outcome, authors, waiting }: Taken,
    answers: Answer[],
  ): void {
    // Whoever only deletes makes a document that is too large smaller.
    if (this.#wire.check(update)) this.#size.check(() => this.encodeState());
    const known = type === "step2" ? progress(transaction) : 0;
    if (this.#apply(() => this.#wire.apply(update))) {
      // An answer to step 1 holds whatever the earlier ones of this client wait for.
      if (type === "step2" || bytesWaiting(this.#doc.store) === 0) this.#waiting.delete(connection);
      if (options.extended && !this.#waiting.has(connection)) outcome.saved.set(connection, sequence);
    } else {
      this.#waiting.add(connection);
      // It builds on edits that are not here: keep the bytes, and ask the client for what is missing.
      waiting.push(this.#wire.toStored(update));
      answers.push(() => [this.#step1()]);
    }
    // A step 2 that brings nothing has no author: who only reads sends one as well.
    if (type === "update" || progress(transaction) !== known) authors.add(userId);
  }

  /** Who only reads syncs as well, and has nothing to save unless there is something new in it. */
  #confirmReader({ connection, sequence, options }: Incoming, update: Uint8Array, { saved }: Outcome): void {
    if (options.extended && !this.#wire.check(update) && this.#wire.holds(update)) saved.set(connection, sequence);
  }

  /** A connection is gone; its cursors vanish for everyone at once. */
  disconnect(connection: string): Outcome {
    this.#connections.delete(connection);
    this.#waiting.delete(connection);
    return this.#left(this.#presence.leave(connection));
  }

  /** Removes who has not been heard of for AWARENESS_TIMEOUT. */
  expire(now: number): Outcome {
    return this.#left(this.#presence.expire(now));
  }

  destroy(): void {
    this.#doc.destroy();
  }

  #left(clients: number[]): Outcome {
    const outcome = nothing();
    if (clients.length > 0) outcome.broadcast.push(encodeAwareness(this.#presence.encodeChanges(clients)));
    return outcome;
  }

  #step1(): Uint8Array {
    return this.#frames.of(this.#wire.encodeStateVector(), encodeStep1);
  }

  #everybody(): Uint8Array {
    return this.#frames.of(this.#presence.encode(), encodeAwareness);
  }

  /** Validates the state vector now, so that a bad one counts as this frame's; encodes after the whole batch. */
  #answerStep1(stateVector: Uint8Array, { framing }: ClientOptions): Answer {
    checkStateVector(stateVector);
    const known = Y.decodeStateVector(stateVector);
    return () => {
      const state = known.size === 0 ? this.#wire.encodeState() : this.#wire.encodeDiff(stateVector);
      const isHocuspocus = framing === "hocuspocus";
      const messages = [this.#frames.of(state, encodeStep2)];
      if (isHocuspocus) messages.unshift(this.#step1());
      else if (!this.#type.serverStartSync) messages.push(this.#step1());
      if (!isHocuspocus || this.#presence.size > 0) messages.push(this.#everybody());
      return messages;
    };
  }

  /** Answers false if what was applied, or a part of it, waits for edits that this document does not have. */
  #apply(update: () => void): boolean {
    const { store } = this.#doc;
    const before = keepWaiting(store);
    update();
    if (!isWaitingMore(store, before)) return true;
    // Nobody was told that it is saved: whoever has it sends it again with the next sync.
    if (bytesWaiting(store) > LIMITS.waitingBytes) {
      restoreWaiting(store, before);
      throw new TooMuchWaiting(`at most ${LIMITS.waitingBytes} bytes may wait for edits that are not there`);
    }
    return false;
  }

  #hear(incoming: Incoming, update: Uint8Array, taken: Taken): void {
    if (!incoming.options.allowWriteAwareness) return;
    const connection = this.#connections.get(incoming.connection);
    if (!connection) {
      // A replay after a crash; if that client is still there, it says so again.
      taken.outcome.ignored.push(`awareness of ${incoming.connection}, which is not connected`);
      return;
    }
    taken.present.push(...this.#presence.apply(connection.id, connection.member, update, taken.now));
    taken.heard = true;
  }

  #passOver(connection: string, message: FrameMessage, answers: Answer[], outcome: Outcome): void {
    if (message.type === "auth") answers.push(() => [encodeRefused("The login session is the authentication.")]);
    else outcome.ignored.push(`message ${message.type === "unknown" ? message.number : message.type} of ${connection}`);
  }

  #reply(
    outcome: Outcome,
    connection: string,
    { framing }: ClientOptions,
    messages: Uint8Array[],
    joiner = new Joiner(),
  ): void {
    if (messages.length === 0) return;
    const single = this.#type.disablePipelining || framing === "hocuspocus";
    const frames = single ? messages : [joiner.join(messages)];
    for (const frame of frames) outcome.replies.push({ connection, frame });
  }
}

/** A number that grows with everything that a transaction inserts or deletes. */
function progress({ doc, deleteSet }: Y.Transaction): number {
  let sum = 0;
  for (const client of doc.store.clients.keys()) sum += Y.getState(doc.store, client);
  for (const deletes of deleteSet.clients.values()) sum += deletes.length;
  return sum;
}

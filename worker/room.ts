// A room: one Y.Doc and who is present, as a pure thing. Bytes come in, an Outcome comes out; it sends nothing,
// stores nothing, waits for nothing and asks no clock. worker/live-room.ts wires it to the rest.
import * as Y from "yjs";
import {
  decodeFrame,
  encodeAwareness,
  encodeRefused,
  encodeUpdate,
  type FrameMessage,
  isOfPresence,
} from "#lib/frames.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import type { RoomType } from "#lib/room-types.ts";
import { giveAnswers } from "./answers.ts";
import { type Meter, stopAfter, TOO_LONG, unmetered } from "./effort.ts";
import { type Connection, type Incoming, nothing, type Outcome } from "./outcome.ts";
import { Presence } from "./presence.ts";
import { Replies } from "./replies.ts";
import { RoomSize } from "./room-size.ts";
import { type Answer, Taken, TooMuch } from "./taken.ts";
import { isMergeable, isWaiting, isWaitingMore, keepWaiting, restoreWaiting, whyTooMuch } from "./waiting.ts";
import { Wire } from "./wire.ts";

/** Bytes of a frame that cannot keep Yjs busy for long. */
const SURELY_QUICK = 512;
/** ms after which the rest of a batch waits for another turn. */
const SLICE = 100;

export class Room {
  readonly name: string;
  readonly #doc = new Y.Doc();
  readonly #presence: Presence;
  readonly #connections: Map<string, Connection>;
  readonly #wire: Wire;
  readonly #replies: Replies;
  readonly #size = new RoomSize();
  /** Connections of which an edit waits for others that are not here: nothing later of them is called saved. */
  readonly #waiting: Set<string>;

  /**
   * Builds the room from what is stored; of a `former` one, whose document is no good any more, it takes the people over.
   * Throws if any of the updates cannot be read.
   */
  constructor(name: string, type: RoomType, stored: Uint8Array[] = [], former: Room | null = null) {
    this.name = name;
    this.#presence = former ? former.#presence : new Presence();
    this.#connections = former ? former.#connections : new Map();
    this.#waiting = former ? former.#waiting : new Set();
    if (stored.length > 0) {
      this.#doc.transact(() => {
        for (const update of stored) Y.applyUpdate(this.#doc, update);
      });
    }
    this.#size.add(stored);
    this.#wire = new Wire(this.#doc, type.protocolVersion);
    this.#replies = new Replies(type, this.#wire, this.#presence);
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
    this.#replies.give(outcome, connection.id, connection.options, this.#replies.greeting(connection.options, resync));
    return outcome;
  }

  /**
   * Takes what is waiting: N updates become one broadcast and one commit. With a `meter`, of a batch that takes long only
   * the first frames (`Outcome.taken`). If it throws, this room is no good any more, and nothing came out of the batch.
   */
  receive(batch: Incoming[], now: number, meter: Meter = unmetered): Outcome {
    const taken = new Taken(now);
    // A transaction goes over all clients that ever wrote in the room.
    const work = batch.every(({ frame }) => isOfPresence(frame))
      ? () => this.#takeAll(batch, null, taken, meter)
      : () => this.#doc.transact((transaction) => this.#takeAll(batch, transaction, taken, meter));
    if (meter !== unmetered && batch.some(({ frame }) => frame.length > SURELY_QUICK)) stopAfter(TOO_LONG, work);
    else work();

    const { outcome, authors, waiting } = taken;
    const { stored, sent } = this.#wire.takeEdits();
    this.#size.add(stored);
    for (const update of sent) outcome.broadcast.push(encodeUpdate(update));
    this.#tellPresence(taken);
    if (stored.length + waiting.length > 0) {
      outcome.edited = { updates: [...stored, ...waiting], authors: [...authors] };
    }
    giveAnswers(taken, this.#replies, meter);
    return outcome;
  }

  /** An edit (V1) by the rest of the app: told to everybody and committed like those of clients. */
  edit(update: Uint8Array, author: string): Outcome {
    const outcome = nothing();
    const complete = this.#apply(
      () => Y.applyUpdate(this.#doc, update),
      () => update,
    );
    const { stored, sent } = this.#wire.takeEdits();
    this.#size.add(stored);
    for (const edit of sent) outcome.broadcast.push(encodeUpdate(edit));
    const updates = complete ? stored : [...stored, update];
    if (updates.length > 0) outcome.edited = { updates, authors: [author] };
    return outcome;
  }

  #takeAll(batch: Incoming[], transaction: Y.Transaction | null, taken: Taken, meter: Meter): void {
    const started = meter.begin();
    let before = started;
    for (const incoming of batch) {
      if (taken.outcome.taken > 0 && before - started > SLICE) return;
      taken.outcome.taken++;
      if (meter.allows(incoming.userId)) this.#takeFrame(incoming, transaction, taken);
      else taken.violate(incoming.connection, new TooMuch(CLOSE.tooFast, "this person's edits take too long"));
      const after = meter.now();
      meter.spend(incoming.userId, after - before);
      before = after;
    }
  }

  /** Judges every message of a frame by itself; what comes after a malformed one is not looked at. */
  #takeFrame(incoming: Incoming, transaction: Y.Transaction | null, taken: Taken): void {
    const { connection, options } = incoming;
    if (taken.isViolator(connection)) return;
    const answers: Answer[] = [];
    try {
      let left: number = LIMITS.messagesPerFrame;
      // Of whoever only reads one in a frame is looked up.
      let isConfirmed = false;
      for (const message of decodeFrame(incoming.frame)) {
        if (--left < 0) throw new TooMuch(CLOSE.tooLarge, `a frame has at most ${LIMITS.messagesPerFrame} messages`);
        switch (message.type) {
          case "step1":
            answers.push(this.#replies.toStep1(message.stateVector, incoming));
            break;
          case "step2":
          case "update":
            if (options.allowWrite && transaction) this.#edit(incoming, message, transaction, taken, answers);
            else if (message.type === "step2" && !isConfirmed)
              this.#confirmReader(incoming, message.update, taken.outcome);
            isConfirmed = true;
            break;
          case "awareness":
            this.#hear(incoming, message.update, taken);
            break;
          case "queryAwareness":
            answers.push(() => [this.#replies.everybody()]);
            break;
          default:
            this.#passOver(connection, message, answers, taken.outcome);
        }
      }
      taken.answer(incoming, answers);
    } catch (error) {
      taken.violate(connection, error);
    }
  }

  #edit(
    { connection, sequence, userId, options }: Incoming,
    { type, update }: Extract<FrameMessage, { type: "step2" | "update" }>,
    transaction: Y.Transaction,
    { outcome, authors, waiting }: Taken,
    answers: Answer[],
  ): void {
    if (type === "step2" && this.#wire.isOld(update)) {
      this.#waiting.delete(connection);
      if (options.extended) outcome.saved.set(connection, sequence);
      return;
    }
    // Whoever only deletes makes a document that is too large smaller.
    if (this.#wire.check(update)) {
      this.#size.check(() => this.encodeState());
      this.#size.checkClients(this.#doc.store.clients, () => this.#wire.clientsOf(update));
    }
    const known = type === "step2" ? progress(transaction) : 0;
    const stored = () => this.#wire.toStored(update);
    if (this.#apply(() => this.#wire.apply(update), stored)) {
      // An answer to step 1 holds whatever the earlier ones of this client wait for, unless the client lacks it as well.
      const isWhole = () => !isWaiting(this.#doc.store) || (type === "step2" && this.#wire.holds(update));
      if (this.#waiting.has(connection) && isWhole()) this.#waiting.delete(connection);
      if (options.extended && !this.#waiting.has(connection)) outcome.saved.set(connection, sequence);
    } else {
      this.#waiting.add(connection);
      // A message before this one of the same frame may have been complete.
      if (outcome.saved.get(connection) === sequence) outcome.saved.set(connection, sequence - 1);
      // It builds on edits that are not here: keep the bytes, and ask the client for what is missing.
      waiting.push(stored());
      answers.push(() => [this.#replies.step1()]);
    }
    // A step 2 that brings nothing has no author: who only reads sends one as well.
    if (type === "update" || progress(transaction) !== known) authors.add(userId);
    else if (!isWaiting(this.#doc.store)) this.#wire.remember(update);
  }

  /** Who only reads syncs as well, and has nothing to save unless there is something new in it. */
  #confirmReader({ connection, sequence, options }: Incoming, update: Uint8Array, { saved }: Outcome): void {
    if (options.extended && !this.#wire.check(update) && this.#wire.holds(update)) saved.set(connection, sequence);
  }

  /** A connection is gone; its cursors vanish for everyone at once. `clients`: what its server knows of them. */
  disconnect(connection: string, now: number, clients: [client: number, clock: number][] = []): Outcome {
    this.#connections.delete(connection);
    this.#waiting.delete(connection);
    return this.#left(this.#presence.leave(connection, now, clients));
  }

  /** Removes who has not been heard of for AWARENESS_TIMEOUT. */
  expire(now: number): Outcome {
    return this.#left(this.#presence.expire(now));
  }

  /** Who is present, for everybody. */
  announce(): Outcome {
    const outcome = nothing();
    if (this.#presence.size > 0) outcome.broadcast.push(this.#replies.everybody());
    return outcome;
  }

  destroy(): void {
    this.#doc.destroy();
  }

  #left(clients: number[]): Outcome {
    const outcome = nothing();
    if (clients.length > 0) outcome.broadcast.push(...this.#presence.encodeChanges(clients).map(encodeAwareness));
    return outcome;
  }

  /**
   * Answers false if the update, or a part of it, waits for edits that this document does not have; then its own bytes
   * (V1) are what is kept of it. Nobody was told that it is saved: whoever has it sends it again with the next sync.
   */
  #apply(apply: () => void, bytes: () => Uint8Array): boolean {
    const { store } = this.#doc;
    const before = keepWaiting(store);
    apply();
    if (!isWaitingMore(store, before)) return true;
    this.#wire.forget();
    const tooMuch = whyTooMuch(store);
    if (tooMuch !== null || !isMergeable(bytes())) {
      restoreWaiting(store, before);
      throw new TooMuch(CLOSE.fellBehind, tooMuch ?? "the update waits, and cannot be kept");
    }
    return false;
  }

  #hear(incoming: Incoming, update: Uint8Array, taken: Taken): void {
    if (!incoming.options.allowWriteAwareness) return;
    const connection = this.#connections.get(incoming.connection);
    if (!connection) {
      // A replay after a crash; if that client is still there, it says so again.
      taken.outcome.ignored.push({ connection: incoming.connection, what: "awareness of who is not connected" });
      return;
    }
    taken.hear(this.#presence.apply(connection.id, connection.member, update, taken.now), incoming.relayedBy);
  }

  /** Those whose server has told its own people are told to the others only. */
  #tellPresence({ outcome, present, heard, relayed }: Taken): void {
    const [here = null, ...updates] = this.#presence.encodeChanges(present, ...relayed.values());
    if (heard && here) outcome.broadcast.push(encodeAwareness(here));
    for (const except of relayed.keys())
      outcome.elsewhere.push({ except, frame: encodeAwareness(updates.shift() as Uint8Array) });
    outcome.claims = this.#presence.takeClaims();
  }

  #passOver(connection: string, message: FrameMessage, answers: Answer[], outcome: Outcome): void {
    if (message.type === "auth") answers.push(() => [encodeRefused("The login session is the authentication.")]);
    else
      outcome.ignored.push({
        connection,
        what: `message ${message.type === "unknown" ? message.number : message.type}`,
      });
  }
}

/** A number that grows with everything that a transaction inserts or deletes. */
function progress({ doc, deleteSet }: Y.Transaction): number {
  let sum = 0;
  for (const client of doc.store.clients.keys()) sum += Y.getState(doc.store, client);
  for (const deletes of deleteSet.clients.values()) sum += deletes.length;
  return sum;
}

// What one client may not do to a room, and what it costs: that client's connection, nobody else's.
import * as encoding from "lib0/encoding";
import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { encodeStep1, encodeStep2, encodeUpdate, joinMessages } from "#lib/frames.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { roomTypeOf } from "#lib/room-types.ts";
import type { Outcome } from "./outcome.ts";
import { Room } from "./room.ts";
import { RoomSize } from "./room-size.ts";
import { TooMuch } from "./taken.ts";
import { options } from "./testing/town.ts";

const create = () => new Room("prosemirror.d", roomTypeOf("prosemirror.d"));

/** What the frames of "eve", each in a batch with one of "ana", lead to. */
function send(room: Room, ...frames: Uint8Array[]): Outcome {
  const incoming = frames.map((frame, n) => ({
    connection: "eve",
    sequence: n + 1,
    userId: "u-eve",
    options,
    relayedBy: null,
    answered: false,
    frame,
  }));
  const ana = new Y.Doc();
  ana.getText("t").insert(0, "ana");
  const frame = encodeUpdate(Y.encodeStateAsUpdate(ana));
  return room.receive(
    [
      ...incoming,
      { connection: "ana", sequence: 1, userId: "u-ana", options, relayedBy: null, answered: false, frame },
    ],
    0,
  );
}

const closes = ({ violations }: Outcome) => violations.map(({ connection, code }) => [connection, code]);
const textOf = (room: Room) => room.doc.getText("t").toString();

/** An update of `clients` clients with `structs` structs each, the delete set being empty. */
function update(clients: number, structs: number, said = structs): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clients);
    for (let client = 1; client <= clients; client++) {
      for (const number of [said, client, 0]) encoding.writeVarUint(encoder, number);
      for (let n = 0; n < structs; n++) {
        // GC, of one.
        encoding.writeUint8(encoder, 0);
        encoding.writeVarUint(encoder, 1);
      }
    }
    encoding.writeVarUint(encoder, 0);
  });
}

test.each([
  ["more structs than an update may have", update(1, LIMITS.updateParts + 1)],
  ["more of them, from several clients", update(2, LIMITS.updateParts / 2 + 1)],
  ["more clients than an update may have", update(LIMITS.updateClients + 1, 1)],
])("[P9] %s: 4413, and nothing of it is applied", (_, bytes) => {
  const room = create();
  const before = room.doc.store.clients.size;
  const outcome = send(room, encodeUpdate(bytes));
  expect(closes(outcome)).toEqual([["eve", CLOSE.tooLarge]]);
  expect(textOf(room)).toBe("ana");
  expect(room.doc.store.clients.size).toBe(before + 1);
});

test("[P9] a number of structs that would fill the memory: refused before it is applied", () => {
  expect(closes(send(create(), encodeUpdate(update(1, 1, 2 ** 25))))).toEqual([["eve", CLOSE.protocolViolation]]);
  // Behind an honest client's.
  const bytes = encoding.encode((encoder) => {
    for (const number of [2, 1, 7, 0]) encoding.writeVarUint(encoder, number);
    encoding.writeUint8(encoder, 0);
    for (const number of [1, 2 ** 25, 8, 0]) encoding.writeVarUint(encoder, number);
  });
  const room = create();
  expect(closes(send(room, encodeUpdate(bytes)))).toEqual([["eve", CLOSE.protocolViolation]]);
  expect(room.doc.store.clients.has(7)).toBe(false);
});

test("[P9] more deleted ranges than an update may have: 4413", () => {
  const bytes = encoding.encode((encoder) => {
    for (const number of [0, 1, 77, LIMITS.updateDeletions + 1]) encoding.writeVarUint(encoder, number);
    for (let n = 0; n <= LIMITS.updateDeletions; n++) {
      encoding.writeVarUint(encoder, n * 2);
      encoding.writeVarUint(encoder, 1);
    }
  });
  const room = create();
  expect(closes(send(room, encodeUpdate(bytes)))).toEqual([["eve", CLOSE.tooLarge]]);
  expect(textOf(room)).toBe("ana");
});

test("[P9] a giant state vector: 4413, without being read", () => {
  const giant = encoding.encode((encoder) => encoding.writeVarUint(encoder, LIMITS.vectorClients + 1));
  const outcome = send(create(), encodeStep1(giant));
  expect(closes(outcome)).toEqual([["eve", CLOSE.tooLarge]]);
  expect(outcome.replies).toEqual([]);
});

/** Something that Yjs reads and cannot merge: a gap, then what one of its two readers takes for another gap. */
const UNMERGEABLE = Uint8Array.of(1, 2, 77, 0xe8, 0x07, 0, 1, 0x4a, 1, 0);
/** Two sections of one client, of which Yjs keeps the last. */
const TWICE = Uint8Array.of(2, 1, 77, 0xe8, 0x07, 0, 1, 1, 77, 0xd0, 0x0f, 0, 1, 0);
const ASCENDING = Uint8Array.of(2, 1, 77, 0xe8, 0x07, 0, 1, 1, 78, 0xd0, 0x0f, 0, 1, 0);

test.each([
  ["cannot be merged", UNMERGEABLE, CLOSE.protocolViolation],
  ["has a client twice", TWICE, CLOSE.fellBehind],
  ["has its clients in another order", ASCENDING, CLOSE.fellBehind],
])("[P5] what waits and %s is never stored: its client starts over", (_, bytes, code) => {
  const room = create();
  const outcome = send(room, encodeUpdate(bytes));
  expect(closes(outcome)).toEqual([["eve", code]]);
  expect(room.doc.store.pendingStructs).toBeNull();
  expect(outcome.edited?.updates).toHaveLength(1);
  expect(textOf(room)).toBe("ana");
});

const times = (count: number, frame: Uint8Array) =>
  new Uint8Array(Array.from({ length: count }, () => [...frame]).flat());

test.each([
  ["steps 1", encodeStep1(Uint8Array.of(0))],
  ["queries", Uint8Array.of(3)],
])("[P9] a frame of very many %s: 4413, and few answers", (_, message) => {
  const outcome = send(create(), times(LIMITS.messagesPerFrame + 1, message));
  expect(closes(outcome)).toEqual([["eve", CLOSE.tooLarge]]);
  expect(outcome.replies).toEqual([]);
});

test("[P9] who asks again and again before it is answered starts over; others are answered", () => {
  const step1 = encodeStep1(Uint8Array.of(0));
  const outcome = send(create(), ...Array.from({ length: 1_000 }, () => step1));
  expect(closes(outcome)).toEqual([["eve", CLOSE.fellBehind]]);
  expect(outcome.replies.length).toBeLessThanOrEqual(2 * LIMITS.answersAtOnce);
  expect(textOf(new Room("x", roomTypeOf("prosemirror.x"), outcome.edited?.updates))).toBe("ana");
});

test("[P2] a frame whose first message is complete and whose second waits is not saved, what came before it is", () => {
  const room = create();
  const eve = new Y.Doc();
  const updates: Uint8Array[] = [];
  eve.on("update", (bytes: Uint8Array) => updates.push(encodeUpdate(bytes)));
  for (const word of ["one ", "two ", "three ", "four "]) eve.getText("t").insert(0, word);
  const [one, two, , four] = updates as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  expect(send(room, one, joinMessages([two, four])).saved.get("eve")).toBe(1);
});

test("[P9] deletions that wait are fewer: everybody's every edit goes over them", () => {
  const bytes = encoding.encode((encoder) => {
    for (const number of [0, 1, 77, 20_000]) encoding.writeVarUint(encoder, number);
    for (let n = 0; n < 20_000; n++) for (const number of [n * 3, 1]) encoding.writeVarUint(encoder, number);
  });
  const room = create();
  expect(closes(send(room, encodeUpdate(bytes)))).toEqual([["eve", CLOSE.fellBehind]]);
  expect(room.doc.store.pendingDs).toBeNull();
});

test("[P9] edits that wait for ever: the client starts over, the room forgets them and goes on", () => {
  const room = create();
  const eve = new Y.Doc();
  eve.getText("t").insert(0, "the one that never comes");
  const updates: Uint8Array[] = [];
  eve.on("update", (bytes: Uint8Array) => updates.push(bytes));
  for (let n = 0; n < 12; n++) eve.getText("t").insert(0, "x".repeat(LIMITS.waitingBytes / 10));
  const outcome = send(room, ...updates.map(encodeUpdate));
  expect(closes(outcome)[0]).toEqual(["eve", CLOSE.fellBehind]);
  expect(closes(outcome).every(([connection]) => connection === "eve")).toBe(true);
  expect(textOf(room)).toBe("ana");
  // What was within the bound goes on waiting: it may be an honest client's.
  const waiting = room.doc.store.pendingStructs?.update.length ?? 0;
  expect([waiting > 0, waiting <= LIMITS.waitingBytes]).toEqual([true, true]);
  // When the client comes back with everything, it is all there.
  send(room, encodeStep2(Y.encodeStateAsUpdate(eve)));
  expect(textOf(room).replaceAll("ana", "")).toBe(eve.getText("t").toString());
  expect(room.doc.store.pendingStructs).toBeNull();
});

test("[P9] a document has a largest size: then nobody can add to it, and everybody can delete and read", () => {
  const room = create();
  const ana = new Y.Doc();
  const text = ana.getText("big");
  const page = "x".repeat(LIMITS.frameBytes / 2);
  let last: Uint8Array = new Uint8Array();
  ana.on("update", (bytes: Uint8Array) => {
    last = bytes;
  });
  const edit = (change: () => void) => {
    ana.transact(change);
    return closes(send(room, encodeUpdate(last))).filter(([connection]) => connection === "eve");
  };
  let written = 0;
  while (edit(() => text.insert(text.length, page)).length === 0) written++;
  expect(written * page.length).toBeGreaterThan(LIMITS.roomBytes * 0.8);
  expect(written * page.length).toBeLessThan(LIMITS.roomBytes + 2 * page.length);
  expect(edit(() => text.insert(0, "more"))).toEqual([["eve", CLOSE.tooLarge]]);
  const reader = send(room, encodeStep1(Uint8Array.of(0)));
  expect(reader.replies.length).toBeGreaterThan(0);
  expect(closes(reader)).not.toContainEqual(["eve", CLOSE.tooLarge]);
  expect(edit(() => text.delete(4, text.length - 4))).toEqual([]);
  expect(edit(() => text.insert(0, "again"))).toEqual([]);
});

test("[P2] while an edit of a client waits for another, nothing later of it is called saved", () => {
  const room = create();
  const eve = new Y.Doc();
  const updates: Uint8Array[] = [];
  eve.on("update", (bytes: Uint8Array) => updates.push(bytes));
  const text = eve.getText("t");
  for (const word of ["first ", "second ", "third "]) text.insert(text.length, word);
  const [first, second, third] = updates.map(encodeUpdate) as [Uint8Array, Uint8Array, Uint8Array];
  const other = new Y.Doc();
  other.getText("t").insert(0, "complete in itself ");
  expect(send(room, second).saved.has("eve")).toBe(false);
  expect(send(room, encodeUpdate(Y.encodeStateAsUpdate(other))).saved.has("eve")).toBe(false);
  expect(send(room, first).saved.has("eve")).toBe(true);
  expect(send(room, third).saved.has("eve")).toBe(true);
});

test("[P2] an answer to step 1 that waits itself, since the client lacks what it builds on, is not saved, however often it is said", () => {
  const room = create();
  const whole = new Y.Doc();
  const updates: Uint8Array[] = [];
  whole.on("update", (bytes: Uint8Array) => updates.push(bytes));
  for (const word of ["first ", "second "]) whole.getText("t").insert(whole.getText("t").length, word);
  const holed = new Y.Doc();
  Y.applyUpdate(holed, updates[1] as Uint8Array);
  const answer = encodeStep2(Y.encodeStateAsUpdate(holed));
  const asked = send(room, answer);
  expect([asked.saved.has("eve"), asked.replies.length]).toEqual([false, 1]);
  const again = send(room, answer);
  expect([again.saved.has("eve"), again.replies.length]).toEqual([false, 0]);
  expect(send(room, encodeStep2(Y.encodeStateAsUpdate(whole))).saved.has("eve")).toBe(true);
});

test("[P9] a room has so many shared types at its root, and those that are there can be written on", () => {
  const doc = new Y.Doc();
  for (let n = 0; n < LIMITS.roomTypes - 1; n++) doc.getText(`t${n}`).insert(0, "a");
  const room = create();
  expect(closes(send(room, encodeUpdate(Y.encodeStateAsUpdate(doc))))).toEqual([]);
  const before = Y.encodeStateVector(doc);
  doc.getText("t1").insert(0, "more");
  expect(closes(send(room, encodeUpdate(Y.encodeStateAsUpdate(doc, before))))).toEqual([]);
  doc.getText("one more").insert(0, "a");
  expect(closes(send(room, encodeUpdate(Y.encodeStateAsUpdate(doc))))).toEqual([["eve", CLOSE.tooLarge]]);
  expect(room.doc.share.size).toBe(LIMITS.roomTypes);
});

test("[P9] [P5] answers are counted for whoever asks: who asks for too much at a time starts over, the others are answered", () => {
  const doc = new Y.Doc();
  doc.getText("t").insert(0, "x".repeat(8 * 1024 * 1024 - 100));
  const room = create();
  send(room, encodeUpdate(Y.encodeStateAsUpdate(doc)));
  // Each knows something else that is not here, so that each is told all of it in bytes of its own.
  const asks = Array.from({ length: 7 }, (_, n) => encodeStep1(Uint8Array.of(1, 1 + n, 0)));
  const many = asks.map((frame, n) => {
    const whose = { sequence: 1, userId: "u-eve", options, relayedBy: null, answered: false };
    return { ...whose, connection: `eve${n}`, frame };
  });
  const { violations, replies } = room.receive(many, 0);
  expect(violations.map(({ code }) => code)).toEqual([CLOSE.fellBehind, CLOSE.fellBehind]);
  expect(new Set(replies.map(({ connection }) => connection)).size).toBe(5);
  const slow = { now: () => (clock += 900), begin: () => (clock += 0), allows: () => clock < 60_000, spend: vi.fn() };
  let clock = 0;
  room.receive(many.slice(0, 1), 0, slow);
  expect(slow.spend.mock.calls.at(-1)).toEqual(["u-eve", 900]);
});

test("[P9] of a document that very many clients have written in, no new ones are taken", () => {
  const size = new RoomSize();
  const known = new Map(Array.from({ length: LIMITS.roomClients }, (_, client) => [client, []]));
  const writes = (...clients: number[]) => {
    return () => size.checkClients(known, () => clients);
  };
  expect(writes(1, 2)).not.toThrow();
  expect(writes(1, LIMITS.roomClients + 7)).toThrow(TooMuch);
  known.delete(3);
  expect(writes(LIMITS.roomClients + 7)).not.toThrow();
});

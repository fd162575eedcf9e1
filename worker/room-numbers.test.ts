// Numbers that nobody can count with. lib0 reads any amount of bytes that go on and add nothing, and answers Infinity, which it
// and Yjs would write without end: a few bytes would stop a worker, and each that reads them from the log after it.
import * as decoding from "lib0/decoding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { encodeEntries } from "#lib/awareness.ts";
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from "#lib/frames.ts";
import { type RoomType, roomTypeOf } from "#lib/room-types.ts";
import { Effort, stopAfter } from "./effort.ts";
import { Room } from "./room.ts";
import { options } from "./testing/town.ts";

const goesOn = (times: number, last: number) => [...new Array<number>(times).fill(0x80), last];
const numbers: [name: string, bytes: number[], value: number][] = [
  ["Infinity", goesOn(146, 0x7f), Number.POSITIVE_INFINITY],
  ["NaN", goesOn(147 + 7, 0x00), Number.NaN],
  ["2 ** 126", goesOn(18, 0x01), 2 ** 126],
];
const type = roomTypeOf("prosemirror.d");

/** A room in which Eve has written, and an update of hers that writes, deletes and formats. */
function roomOfEve(version: 1 | 2) {
  const room = new Room("prosemirror.d", { ...type, protocolVersion: version } as RoomType);
  room.connect({ id: "s/1", member: { id: "u-eve", name: "Eve", color: 1 }, options });
  const doc = new Y.Doc();
  doc.clientID = 5;
  const text = doc.getText("t");
  text.insert(0, "written");
  const first = version === 1 ? Y.encodeStateAsUpdate(doc) : Y.encodeStateAsUpdateV2(doc);
  const updates: Uint8Array[] = [];
  doc.on(version === 1 ? "update" : "updateV2", (update: Uint8Array) => void updates.push(update));
  doc.transact(() => {
    text.delete(1, 2);
    text.insert(3, "between");
    text.format(0, 2, { bold: true });
    doc.getArray("a").push([1, { b: "c" }]);
  });
  say(room, encodeUpdate(first));
  return { room, update: updates[0] as Uint8Array };
}

function say(room: Room, frame: Uint8Array) {
  const whose = { connection: "s/1", sequence: 1, userId: "u-eve", options, relayedBy: null, answered: false };
  return room.receive([{ ...whose, frame }], 0, new Effort());
}

/** `bytes` with each of its bytes in turn replaced by a number. */
function* variants(bytes: Uint8Array, number: number[]): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++)
    yield Uint8Array.from([...bytes.slice(0, at), ...number, ...bytes.slice(at + 1)]);
}

test.each(numbers)("lib0 reads %s", (_, bytes, value) => {
  expect(decoding.readVarUint(decoding.createDecoder(Uint8Array.from(bytes)))).toBe(value);
});

test.each(([1, 2] as const).flatMap((version) => numbers.map(([name, bytes]) => [name, version, bytes] as const)))(
  "[P5] %s anywhere in an update (V%i) stops nobody, and what is answered can be read",
  (_, version, number) => {
    for (const bytes of variants(roomOfEve(version).update, number)) {
      for (const encode of [encodeUpdate, encodeStep2]) {
        const { room } = roomOfEve(version);
        const outcome = stopAfter(1_000, () => say(room, encode(bytes)));
        for (const update of outcome.edited?.updates ?? []) expect(() => Y.decodeUpdate(update)).not.toThrow();
        stopAfter(1_000, () => room.encodeState());
        expect(say(room, encodeUpdate(roomOfEve(version).update)).violations).toEqual([]);
      }
    }
  },
);

test.each(numbers)("[P5] %s anywhere in an awareness message or a state vector stops nobody", (_, number) => {
  const { room } = roomOfEve(1);
  const aware = encodeEntries([{ client: 7, clock: 1, state: '{"a":1}' }]);
  for (const bytes of variants(aware, number)) {
    const { claims, violations } = stopAfter(1_000, () => say(room, encodeAwareness(bytes)));
    expect(claims.every(({ client }) => Number.isSafeInteger(client))).toBe(true);
    expect(violations.length + claims.length).toBeLessThan(2);
  }
  expect(room.announce().broadcast.length).toBeLessThan(2);
  for (const bytes of variants(Uint8Array.of(1, 5, 3), number)) stopAfter(1_000, () => say(room, encodeStep1(bytes)));
});

test("[P7] [P5] an awareness client or clock that is no number to count with costs its connection", () => {
  const odd = goesOn(8, 1);
  for (const bytes of [
    [1, ...odd, 1, 2, 0x7b, 0x7d],
    [1, 7, ...odd, 2, 0x7b, 0x7d],
  ]) {
    const { violations, claims } = say(roomOfEve(1).room, encodeAwareness(Uint8Array.from(bytes)));
    expect([violations.length, claims.length]).toEqual([1, 0]);
  }
});

test("bytes that look like such a number, and are content, are content", () => {
  const { room } = roomOfEve(1);
  const doc = new Y.Doc();
  doc.getMap("m").set("picture", new Uint8Array(1_000).fill(0x80));
  const outcome = say(room, encodeUpdate(Y.encodeStateAsUpdate(doc)));
  expect([outcome.violations, outcome.edited?.updates.length]).toEqual([[], 1]);
});

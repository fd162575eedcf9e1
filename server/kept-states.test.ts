import { expect, onTestFinished, test } from "vitest";
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from "#lib/frames.ts";
import { LIMITS } from "#lib/protocol.ts";
import { setRoomTypes } from "#lib/room-types.ts";
import { KeptStates } from "./kept-states.ts";
import { admissionTo } from "./test-consumer.ts";

const bytes = new Uint8Array(LIMITS.keptStateBytes / 4);

test("the last state of a room is found by its id, any other is not", () => {
  const states = new KeptStates();
  expect(states.idOf("a")).toBeNull();
  states.keep("a", "s1", Uint8Array.of(1), true);
  states.keep("a", "s2", Uint8Array.of(2), true);
  states.keep("b", "s3", Uint8Array.of(3), true);
  expect(states.idOf("a")).toBe("s2");
  expect([states.find("a", "s1", true), states.find("b", "s2", true), states.find("c", "s2", true)]).toEqual([
    null,
    null,
    null,
  ]);
  expect(states.find("a", "s2", true)).toEqual(Uint8Array.of(2));
  states.forget("a");
  expect([states.idOf("a"), states.find("a", "s2", true)]).toEqual([null, null]);
});

test("[P9] what was not used for the longest time makes room; what is too large is not kept", () => {
  const states = new KeptStates();
  for (const room of ["a", "b", "c", "d"]) states.keep(room, room, bytes, true);
  states.find("a", "a", true);
  states.keep("e", "e", bytes, true);
  expect(["a", "b", "c", "d", "e"].map((room) => states.idOf(room))).toEqual(["a", null, "c", "d", "e"]);
  expect(states.bytes).toBe(4 * bytes.length);
  // Its own predecessor goes first.
  states.keep("c", "c2", bytes, true);
  expect(["a", "c", "d", "e"].map((room) => states.idOf(room))).toEqual(["a", "c2", "d", "e"]);
  states.keep("f", "f", new Uint8Array(LIMITS.keptStateBytes + 1), true);
  expect(["a", "f"].map((room) => states.idOf(room))).toEqual(["a", null]);
});

test("what nobody joins for a while is let go", () => {
  let now = 0;
  const states = new KeptStates(() => now);
  states.keep("a", "a", bytes, true);
  states.keep("b", "b", bytes, true);
  now = LIMITS.keptStateTime - 1;
  states.find("a", "a", true);
  states.sweep();
  expect(["a", "b"].map((room) => states.idOf(room))).toEqual(["a", "b"]);
  now++;
  now++;
  states.sweep();
  expect(["a", "b"].map((room) => states.idOf(room))).toEqual(["a", null]);
});

test("a small part of something large is copied, so that the rest of it can be let go", () => {
  const states = new KeptStates();
  const delivery = new Uint8Array(1_000).fill(7);
  states.keep("a", "a", delivery.subarray(100, 200), true);
  states.keep("b", "b", delivery.subarray(100, 900), true);
  expect(states.find("a", "a", true)).toEqual(new Uint8Array(100).fill(7));
  expect([states.find("a", "a", true)?.buffer.byteLength, states.find("b", "b", true)?.buffer]).toEqual([
    100,
    delivery.buffer,
  ]);
});

const QUESTION = encodeStep1(Uint8Array.of(0));
const [EDIT, CURSOR] = [encodeUpdate(Uint8Array.of(0, 0)), encodeAwareness(Uint8Array.of(0))];

/** What somebody who opens the room would be told without a worker. */
function answered(states: KeptStates, room: string): number[] | null {
  const answer = states.answer(admissionTo(room, "ana"), QUESTION);
  return answer?.payloads.flatMap((pieces) => pieces.flatMap((piece) => [...piece])) ?? null;
}

test("[R18] what is kept is an answer as long as nobody in the room is told of an edit", () => {
  const states = new KeptStates();
  const room = "prosemirror.a";
  expect(answered(states, room)).toBeNull();
  states.keep(room, "s1", Uint8Array.of(1, 2), true);
  states.told(room, [CURSOR]);
  states.told("prosemirror.b", [EDIT]);
  expect(answered(states, room)).toEqual([1, 2]);
  expect(answered(states, room)).toEqual([1, 2]);
  states.told(room, [CURSOR, EDIT]);
  expect(answered(states, room)).toBeNull();
  // A worker says that it is all there is.
  expect(states.find(room, "s1", true)).toEqual(Uint8Array.of(1, 2));
  expect(answered(states, room)).toEqual([1, 2]);
  states.told(room, [EDIT]);
  states.keep(room, "s2", Uint8Array.of(3), true);
  expect(answered(states, room)).toEqual([3]);
  states.forget(room);
  expect(answered(states, room)).toBeNull();
});

test("[R18] what may be followed by edits that are not told here is kept, and no answer", () => {
  const states = new KeptStates();
  const room = "prosemirror.a";
  states.keep(room, "s1", Uint8Array.of(1), false);
  expect(states.find(room, "s1", false)).toEqual(Uint8Array.of(1));
  expect(answered(states, room)).toBeNull();
  states.find(room, "s1", true);
  expect(answered(states, room)).toEqual([1]);
});

test("[R18] nothing is answered of rooms of which something may have been missed", () => {
  const states = new KeptStates();
  const rooms = ["prosemirror.a", "prosemirror.b"];
  for (const room of rooms) states.keep(room, room, Uint8Array.of(1), true);
  states.doubt((room) => room === rooms[0]);
  expect(rooms.map((room) => answered(states, room))).toEqual([null, [1]]);
  expect(states.idOf("prosemirror.a")).toBe("prosemirror.a");
});

test("[R18] [R2] only who has nothing is answered, and only where the state is all of a frame", () => {
  const states = new KeptStates();
  setRoomTypes({ named: { disablePipelining: true, protocolNamePrefix: true } });
  onTestFinished(() => setRoomTypes({}));
  for (const room of ["prosemirror.a", "default.a", "named.a"]) states.keep(room, room, Uint8Array.of(1), true);
  const ana = admissionTo("prosemirror.a", "ana");
  expect(states.answer(ana, QUESTION)).not.toBeNull();
  for (const room of ["default.a", "named.a"]) expect(answered(states, room)).toBeNull();
  expect(states.answer({ ...ana, options: { ...ana.options, framing: "hocuspocus" } }, QUESTION)).toBeNull();
  const others = [
    encodeStep1(Uint8Array.of(1, 7, 9)),
    Buffer.concat([QUESTION, CURSOR]),
    encodeStep2(Uint8Array.of(0)),
    QUESTION.subarray(0, 3),
    CURSOR,
  ];
  for (const frame of others) expect(states.answer(ana, frame)).toBeNull();
});

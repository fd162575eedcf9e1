import { expect, test } from "vitest";
import { LIMITS } from "#lib/protocol.ts";
import { KeptStates } from "./kept-states.ts";

const bytes = new Uint8Array(LIMITS.keptStateBytes / 4);

test("the last state of a room is found by its id, any other is not", () => {
  const states = new KeptStates();
  expect(states.idOf("a")).toBeNull();
  states.keep("a", "s1", Uint8Array.of(1));
  states.keep("a", "s2", Uint8Array.of(2));
  states.keep("b", "s3", Uint8Array.of(3));
  expect(states.idOf("a")).toBe("s2");
  expect([states.find("a", "s1"), states.find("b", "s2"), states.find("c", "s2")]).toEqual([null, null, null]);
  expect(states.find("a", "s2")).toEqual(Uint8Array.of(2));
  states.forget("a");
  expect([states.idOf("a"), states.find("a", "s2")]).toEqual([null, null]);
});

test("[P9] what was not used for the longest time makes room; what is too large is not kept", () => {
  const states = new KeptStates();
  for (const room of ["a", "b", "c", "d"]) states.keep(room, room, bytes);
  states.find("a", "a");
  states.keep("e", "e", bytes);
  expect(["a", "b", "c", "d", "e"].map((room) => states.idOf(room))).toEqual(["a", null, "c", "d", "e"]);
  expect(states.bytes).toBe(4 * bytes.length);
  // Its own predecessor goes first.
  states.keep("c", "c2", bytes);
  expect(["a", "c", "d", "e"].map((room) => states.idOf(room))).toEqual(["a", "c2", "d", "e"]);
  states.keep("f", "f", new Uint8Array(LIMITS.keptStateBytes + 1));
  expect(["a", "f"].map((room) => states.idOf(room))).toEqual(["a", null]);
});

test("what nobody joins for a while is let go", () => {
  let now = 0;
  const states = new KeptStates(() => now);
  states.keep("a", "a", bytes);
  states.keep("b", "b", bytes);
  now = LIMITS.keptStateTime - 1;
  states.find("a", "a");
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
  states.keep("a", "a", delivery.subarray(100, 200));
  states.keep("b", "b", delivery.subarray(100, 900));
  expect(states.find("a", "a")).toEqual(new Uint8Array(100).fill(7));
  expect([states.find("a", "a")?.buffer.byteLength, states.find("b", "b")?.buffer]).toEqual([100, delivery.buffer]);
});

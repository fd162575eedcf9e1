import { expect, test } from "vitest";
import type { RoomMessage } from "#lib/messages.ts";
import { Departures } from "./departures.ts";

function setUp() {
  let now = 0;
  const departures = new Departures(() => now);
  const said = (how: "settle" | "hurry") => () => {
    const sent: [string, RoomMessage][] = [];
    departures[how]((channel, message) => sent.push([channel, message]));
    return sent;
  };
  const [settle, hurry] = [said("settle"), said("hurry")];
  const leave = (connection: number, room: string) =>
    departures.add({ channel: "yroom", room, connection, clients: [[7, connection]] });
  const elapse = (ms: number) => {
    now += ms;
  };
  return { departures, settle, hurry, leave, elapse };
}

const disconnect = (connection: number, room: string, clients = [[7, connection]]) => [
  "yroom",
  { type: "disconnect", room, connection, clients },
];

test("[P9] who left is said again if that may have been lost, with two beats, as others may become known between them", () => {
  const { departures, settle, leave } = setUp();
  leave(1, "a");
  leave(2, "b");
  expect(settle()).toEqual([]);
  departures.lost((_, room) => room === "a");
  departures.lost((_, room) => room === "a");
  expect(settle()).toEqual([disconnect(1, "a")]);
  expect(settle()).toEqual([disconnect(1, "a")]);
  expect(settle()).toEqual([]);
});

test("[P9] whoever joins does not wait for the next beat, which says it none the less", () => {
  const { departures, settle, hurry, leave } = setUp();
  leave(1, "a");
  departures.lost(() => true);
  expect(hurry()).toEqual([disconnect(1, "a")]);
  expect(hurry()).toEqual([]);
  expect(settle()).toHaveLength(1);
  expect(hurry()).toHaveLength(1);
  expect(settle()).toHaveLength(1);
  expect(hurry()).toEqual([]);
});

test("what is said again and lost again is owed again", () => {
  const { departures, settle, leave } = setUp();
  leave(1, "a");
  departures.lost(() => true);
  expect(settle()).toHaveLength(1);
  departures.lost(() => true);
  expect(settle()).toEqual([disconnect(1, "a")]);
});

test("a departure of long ago is not remembered, but stays owed if it was", () => {
  const { departures, settle, leave, elapse } = setUp();
  leave(1, "a");
  departures.lost(() => true);
  elapse(20_000);
  leave(2, "a");
  elapse(20_000);
  leave(3, "b");
  departures.lost((_, room) => room === "a");
  expect(settle()).toEqual([disconnect(1, "a"), disconnect(2, "a")]);
  settle();
  elapse(60_000);
  leave(4, "b");
  departures.lost(() => true);
  expect(settle()).toEqual([disconnect(4, "b")]);
});

test("a connection that a worker takes for open, and that this server does not know, is owed", () => {
  const { departures, settle, leave } = setUp();
  departures.owe("yroom", "a", 9);
  departures.owe("yroom", "a", 9);
  expect(settle()).toEqual([disconnect(9, "a", [])]);
  leave(10, "a");
  departures.owe("yroom", "a", 10);
  departures.owe("yroom", "b", 10);
  expect(settle()).toEqual([disconnect(10, "a"), disconnect(10, "b", [])]);
});

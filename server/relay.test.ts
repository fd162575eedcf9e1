import pino from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { decodeEntries, encodeEntries } from "#lib/awareness.ts";
import { decodeFrame, encodeAwareness, encodeQueryAwareness, encodeUpdate } from "#lib/frames.ts";
import { LIMITS } from "#lib/protocol.ts";
import { Consumer } from "./consumer.ts";
import { Relay } from "./relay.ts";
import { admissionTo, recordingOutlet } from "./test-consumer.ts";

const ROOM = "prosemirror.d";
const host = {
  ...{ server: "s1", log: pino({ level: "silent" }), send: () => {}, relay: () => false, answer: () => null },
  ...{ refusal: () => null, stateOf: () => null, onClosed: () => {} },
};
const ana = () => new Consumer(1, recordingOutlet(), admissionTo(ROOM, "ana"), host);

let connections: number;
let told: { at: number; entries: string[] }[];
let relay: Relay;

beforeEach(() => {
  vi.useFakeTimers();
  [connections, told] = [2, []];
  relay = new Relay({
    tell: (_room, frame) => told.push({ at: performance.now(), entries: entriesOf(frame) }),
    connections: () => connections,
  });
});
afterEach(() => void vi.useRealTimers());

function cursor(client: number, clock: number, state: unknown = { cursor: clock }): Uint8Array {
  return encodeAwareness(encodeEntries([{ client, clock, state: JSON.stringify(state) }]));
}

function entriesOf(frame: Uint8Array): string[] {
  const [message] = decodeFrame(frame);
  if (message?.type !== "awareness") throw new Error(`a frame of type ${message?.type}`);
  return [...decodeEntries(message.update, 100)].map(({ client, clock, state }) => {
    const { user, ...said } = JSON.parse(state) ?? { user: { id: "nobody" } };
    return `${client}@${clock} ${user?.id} ${JSON.stringify(said)}`;
  });
}

/** Ana, whose client 7 a worker has taken for hers, after she wrote for the last time. */
function speaker(): Consumer {
  const consumer = ana();
  relay.own(consumer, 7);
  vi.advanceTimersByTime(LIMITS.quietTime);
  return consumer;
}

const endTurn = () => vi.advanceTimersByTime(0);

test("[R17] [P7] a cursor is told at the end of the turn, with the session's name", () => {
  const consumer = speaker();
  const state = { cursor: 1, user: { id: "u-boss", name: "The Boss" } };
  expect(relay.take(consumer, cursor(7, 1, state))).toBe(true);
  expect(told).toEqual([]);
  endTurn();
  expect(told.map(({ entries }) => entries)).toEqual([['7@1 u-ana {"cursor":1}']]);
});

test("[P7] only a connection's own clients take the short way, and only one after the other", () => {
  const consumer = speaker();
  expect(relay.take(consumer, cursor(8, 1))).toBe(false);
  const both = [7, 8].map((client) => ({ client, clock: 1, state: "{}" }));
  expect(relay.take(consumer, encodeAwareness(encodeEntries(both)))).toBe(false);
  expect(relay.take(consumer, cursor(7, 5))).toBe(true);
  expect(relay.take(consumer, cursor(7, 5))).toBe(false);
  expect(relay.take(consumer, cursor(7, 4))).toBe(false);
  const other = new Consumer(2, recordingOutlet(), admissionTo(ROOM, "mallory"), host);
  expect(relay.take(other, cursor(7, 6))).toBe(false);
  endTurn();
  expect(told.map(({ entries }) => entries)).toEqual([['7@5 u-ana {"cursor":5}']]);
});

test("[R17] a cursor does not overtake words: it takes the short way only when nothing was written lately", () => {
  const consumer = speaker();
  expect(relay.take(consumer, encodeUpdate(Uint8Array.of(0, 0)))).toBe(false);
  expect(relay.take(consumer, cursor(7, 1))).toBe(false);
  vi.advanceTimersByTime(LIMITS.quietTime - 1);
  expect(relay.take(consumer, cursor(7, 2))).toBe(false);
  vi.advanceTimersByTime(1);
  expect(relay.take(consumer, cursor(7, 3))).toBe(true);
  const withWords = Buffer.concat([cursor(7, 4), encodeUpdate(Uint8Array.of(0, 0))]);
  expect(relay.take(consumer, withWords)).toBe(false);
  expect(relay.take(consumer, cursor(7, 5))).toBe(false);
});

test("what a worker has to judge is left to it: malformed, large, or without a state", () => {
  const consumer = speaker();
  const frames = [
    Uint8Array.of(1, 9, 1),
    encodeAwareness(Uint8Array.of(0)),
    encodeAwareness(Uint8Array.of(1, 7, 1, 3, 0x7b, 0x7b, 0x7b)),
    cursor(7, 1, [1]),
    cursor(7, 1, { cursor: "x".repeat(3_000) }),
    encodeQueryAwareness(),
  ];
  for (const frame of frames) {
    vi.advanceTimersByTime(LIMITS.quietTime);
    expect(relay.take(consumer, frame)).toBe(false);
  }
  vi.advanceTimersByTime(LIMITS.quietTime);
  expect(told).toEqual([]);
  expect(relay.take(consumer, cursor(7, 2))).toBe(true);
});

test("whoever says that a client is gone has to be given it again", () => {
  const consumer = speaker();
  expect(relay.take(consumer, cursor(7, 1, null))).toBe(true);
  expect(relay.take(consumer, cursor(7, 2))).toBe(false);
  endTurn();
  expect(told.map(({ entries }) => entries)).toEqual([["7@1 nobody {}"]]);
  relay.own(consumer, 7);
  expect(relay.take(consumer, cursor(7, 3))).toBe(true);
});

test("the more people, the longer the pause between two; of a client the newest state is told", () => {
  const consumer = speaker();
  connections = 100;
  relay.take(consumer, cursor(7, 1));
  endTurn();
  for (let clock = 2; clock < 12; clock++) {
    relay.take(consumer, cursor(7, clock));
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(10);
  const started = told[0]?.at ?? 0;
  expect(told.map(({ at, entries }) => [at - started, ...entries])).toEqual([
    [0, '7@1 u-ana {"cursor":1}'],
    [4, '7@5 u-ana {"cursor":5}'],
    [8, '7@9 u-ana {"cursor":9}'],
    [12, '7@11 u-ana {"cursor":11}'],
  ]);
});

test("[R17] what somebody said last is told before they are gone, and not once more", () => {
  const consumer = speaker();
  connections = 250;
  relay.take(consumer, cursor(7, 1));
  endTurn();
  relay.take(consumer, cursor(7, 2));
  relay.end(consumer);
  expect(told.map(({ entries }) => entries)).toEqual([['7@1 u-ana {"cursor":1}'], ['7@2 u-ana {"cursor":2}']]);
  vi.advanceTimersByTime(100);
  expect(told).toHaveLength(2);
});

test("who is gone leaves its own clients with the newest clock of each, however it was told", () => {
  const consumer = ana();
  relay.take(consumer, cursor(7, 3));
  relay.take(consumer, cursor(8, 9));
  relay.own(consumer, 7);
  relay.own(consumer, 9);
  expect(relay.take(consumer, cursor(7, 4))).toBe(false);
  vi.advanceTimersByTime(LIMITS.quietTime);
  expect(relay.take(consumer, cursor(7, 6))).toBe(true);
  relay.take(consumer, cursor(7, 5));
  expect(relay.end(consumer)).toEqual([[7, 6]]);
  expect(relay.end(consumer)).toEqual([]);
});

test("[P9] a connection that is over, and a room without people, leave nothing behind", () => {
  const consumer = speaker();
  relay.take(consumer, cursor(7, 1));
  connections = 0;
  relay.end(consumer);
  endTurn();
  expect(told).toEqual([]);
  expect(relay.take(speaker(), cursor(7, 2))).toBe(true);
});

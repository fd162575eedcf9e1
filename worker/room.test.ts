import { expect, test } from "vitest";
import * as Y from "yjs";
import { decodeEntries, encodeEntries } from "#lib/awareness.ts";
import { decodeFrame, encodeAwareness, encodeUpdate } from "#lib/frames.ts";
import type { ClientOptions } from "#lib/messages.ts";
import { roomTypeOf } from "#lib/room-types.ts";
import { fromHex, toHex } from "#worker/testing/hex.ts";
import type { Connection, Incoming } from "./outcome.ts";
import { Room } from "./room.ts";

const type = roomTypeOf("default");
const writer: ClientOptions = {
  allowWrite: true,
  allowWriteAwareness: true,
  extended: false,
  framing: "y-websocket",
};
const reader = { ...writer, allowWrite: false };
const extended = { ...writer, extended: true };
/** Text `test` = "hello ", as channels-yroom's own tests store it. */
const HELLO = "0101e9db9a90010004010474657374" + "0668656c6c6f2000";

function connection(id: string, options = writer): Connection {
  return { id, member: { id: `user-${id}`, name: `Name ${id}`, color: 3 }, options };
}

function frame(from: string, hex: string, options = writer, sequence = 1): Incoming {
  return {
    connection: from,
    sequence,
    userId: `user-${from}`,
    options,
    relayedBy: null,
    answered: false,
    frame: fromHex(hex),
  };
}

function replies(outcome: { replies: { connection: string; frame: Uint8Array }[] }): string[] {
  return outcome.replies.map((reply) => `${reply.connection}: ${toHex(reply.frame)}`);
}

test("[R6] many updates become one broadcast and one edit", () => {
  const room = new Room("r", type);
  const docs = ["one ", "two "].map((text) => {
    const doc = new Y.Doc();
    doc.getText("t").insert(0, text);
    return Y.encodeStateAsUpdate(doc);
  });
  const incoming = docs.map((update, i) => ({ ...frame(`${i}`, ""), frame: encodeUpdate(update) }));
  const outcome = room.receive(incoming, 0);
  expect(outcome.broadcast).toHaveLength(1);
  expect(outcome.edited?.updates).toHaveLength(1);
  expect(outcome.edited?.authors).toEqual(["user-0", "user-1"]);
  expect(room.doc.getText("t").toString().length).toBe(8);
});

test("who left is told as gone: to those who saw it with a worker before, and to those who may have missed it", () => {
  const room = new Room("r", type);
  for (const id of ["a", "b"]) room.connect(connection(id));
  const gone = (client: number, clock: number) => encodeAwareness(encodeEntries([{ client, clock, state: "null" }]));
  // This worker never heard of it.
  expect(room.disconnect("z", 0, [[7, 5]]).broadcast).toEqual([gone(7, 5)]);
  expect(
    room
      .connect(connection("a"), true)
      .replies.map(({ frame }) => toHex(frame))
      .join(""),
  ).toContain(toHex(gone(7, 5)));
  expect(
    room
      .connect(connection("c"))
      .replies.map(({ frame }) => toHex(frame))
      .join(""),
  ).not.toContain("6e756c6c");
});

test("[R18] a step 1 that a server has answered with the state gets what else belongs to the answer", () => {
  for (const [serverStartSync, said] of [
    [true, ["a: 010100"]],
    [false, ["a: 00000701e9db9a9001", "a: 010100"]],
  ] as const) {
    const room = new Room("r", { ...type, disablePipelining: true, serverStartSync }, [fromHex(HELLO)]);
    room.connect(connection("a"));
    const told = replies(room.receive([{ ...frame("a", "00000100"), answered: true }], 0));
    expect(told.map((reply) => reply.slice(0, 21))).toEqual(said);
  }
});

test.each([{ disablePipelining: false }, { disablePipelining: true }])(
  "[R2] who asks at the same time gets the same bytes in memory, so that they travel once: %o",
  (settings) => {
    const room = new Room("r", { ...type, ...settings }, [fromHex(HELLO)]);
    for (const id of ["a", "b", "c"]) room.connect(connection(id));
    const step1 = "00000100";
    const outcome = room.receive([frame("a", step1), frame("b", step1), frame("c", "00000101e9db9a9000")], 0);
    const framesOf = (id: string) =>
      outcome.replies.filter((reply) => reply.connection === id).map(({ frame }) => frame);
    expect(framesOf("a").length).toBe(settings.disablePipelining ? 2 : 1);
    for (const [index, reply] of framesOf("a").entries()) expect(framesOf("b")[index]).toBe(reply);
    expect(framesOf("c")[0]).not.toBe(framesOf("a")[0]);
  },
);

test("[R17] what a server told its own people is for the others, judged like everything else", () => {
  const room = new Room("r", type);
  for (const id of ["s/1", "s/2"]) room.connect(connection(id));
  const cursor = (from: string, client: number, clock: number, relayedBy: string | null) => ({
    ...frame(from, ""),
    frame: encodeAwareness(encodeEntries([{ client, clock, state: "{}" }])),
    relayedBy,
  });
  const first = room.receive([cursor("s/1", 7, 1, null), cursor("s/2", 8, 1, null)], 0);
  expect(first.broadcast).toHaveLength(1);
  expect(first.claims).toEqual([
    { connection: "s/1", client: 7 },
    { connection: "s/2", client: 8 },
  ]);
  const clientsIn = (sent: Uint8Array | undefined) => {
    const [message] = decodeFrame(sent ?? new Uint8Array());
    if (message?.type !== "awareness") throw new Error("no awareness");
    return [...decodeEntries(message.update, 9)].map(({ client, clock }) => `${client}@${clock}`);
  };
  const next = [
    cursor("s/1", 7, 2, "s"),
    cursor("s/1", 7, 3, "s"),
    // Not its own, and an old one.
    cursor("s/1", 8, 4, "s"),
    cursor("s/1", 7, 2, "s"),
  ];
  const relayed = room.receive(next, 0);
  expect(relayed.broadcast).toEqual([]);
  expect(relayed.elsewhere.map(({ except, frame }) => [except, clientsIn(frame)])).toEqual([["s", ["7@3"]]]);
  const mixed = room.receive([cursor("s/1", 7, 5, "s"), cursor("s/2", 8, 5, null)], 0);
  expect(mixed.broadcast.map(clientsIn)).toEqual([["8@5"]]);
  expect(mixed.elsewhere.map(({ frame }) => clientsIn(frame))).toEqual([["7@5"]]);
  const joined = room.receive([frame("s/2", "03")], 0);
  expect(clientsIn(joined.replies[0]?.frame)).toEqual(["7@5", "8@5"]);
});

test("[R7] a step 2 that brings something new is broadcast; one that brings nothing is not", () => {
  const room = new Room("r", type);
  const step2 = `0001${(HELLO.length / 2).toString(16).padStart(2, "0")}${HELLO}`;
  expect(room.receive([frame("a", step2)], 0).broadcast.map(toHex)).toEqual([step2.replace(/^0001/, "0002")]);
  const again = room.receive([frame("a", step2)], 0);
  expect(again.broadcast).toEqual([]);
  expect(again.edited).toBeNull();
});

test("[P6] read-only is judged per message: an update hidden behind a step 1 does not pass", () => {
  const room = new Room("r", type);
  room.connect(connection("a", reader));
  const hidden = `00000100${toHex(encodeUpdate(fromHex(HELLO)))}`;
  const outcome = room.receive([frame("a", hidden, reader)], 0);
  expect(outcome.edited).toBeNull();
  expect(outcome.broadcast).toEqual([]);
  expect(replies(outcome)).toEqual(["a: 0001020000010100"]);
  expect(toHex(room.encodeState())).toBe("0000");
});

test("[P6] without allowWriteAwareness awareness is passed over", () => {
  const room = new Room("r", type);
  const silent = { ...writer, allowWriteAwareness: false };
  room.connect(connection("a", silent));
  expect(room.receive([frame("a", "010100", silent)], 0).broadcast).toEqual([]);
});

test("[P5] a malformed frame is a violation of its connection and costs nobody else anything", () => {
  const room = new Room("r", type);
  const good = toHex(encodeUpdate(fromHex(HELLO)));
  const outcome = room.receive([frame("bad", "0002ff"), frame("good", good), frame("bad2", "000203ffffff")], 0);
  expect(outcome.violations.map(({ connection, code }) => [connection, code])).toEqual([
    ["bad", 4400],
    ["bad2", 4400],
  ]);
  expect(outcome.broadcast).toHaveLength(1);
  expect(room.doc.getText("test").toString()).toBe("hello ");
});

test("[P2] saved names the last edit frame of an extended connection, and not one that still waits for others", () => {
  const source = new Y.Doc();
  const updates: Uint8Array[] = [];
  source.on("update", (update: Uint8Array) => updates.push(update));
  source.getText("t").insert(0, "a");
  source.getText("t").insert(1, "b");
  const [first, second] = updates.map(encodeUpdate) as [Uint8Array, Uint8Array];
  const room = new Room("r", type);
  room.connect(connection("a", extended));

  const early = room.receive([{ ...frame("a", "", extended, 5), frame: second }], 0);
  expect(early.saved.size).toBe(0);
  // The bytes are kept, and the client is asked for what is missing.
  expect(early.edited?.updates).toHaveLength(1);
  expect(replies(early)).toEqual(["a: 00000100"]);

  const complete = room.receive([{ ...frame("a", "", extended, 6), frame: first }], 0);
  expect(complete.saved).toEqual(new Map([["a", 6]]));
  expect(room.doc.getText("t").toString()).toBe("ab");
});

test("[P1] a resync brings the whole state to a connection that may have missed something", () => {
  const room = new Room("r", type, [fromHex(HELLO)]);
  const [reply] = room.connect(connection("a", extended), true).replies;
  expect(toHex(reply?.frame ?? new Uint8Array())).toBe(
    `00000701e9db9a90010600011a${HELLO}03`.replace("00011a", `0001${(HELLO.length / 2).toString(16)}`),
  );
});

test("[H2] Hocuspocus' framing: silence until step 1, then step 1, step 2 and who is there, one message per frame", () => {
  const hocuspocus: ClientOptions = { ...extended, framing: "hocuspocus" };
  const room = new Room("r", type, [fromHex(HELLO)]);
  expect(replies(room.connect(connection("a", hocuspocus)))).toEqual([]);
  const step1 = "00000701e9db9a900106";
  expect(replies(room.receive([frame("a", step1, hocuspocus)], 0))).toEqual([`a: ${step1}`, "a: 0001020000"]);
  expect(replies(room.receive([frame("a", "03", hocuspocus)], 0))).toEqual(["a: 010100"]);
  // Client 5, clock 1, state {}.
  room.receive([frame("a", "0106" + "010501027b7d", hocuspocus)], 0);
  const asked = replies(room.receive([frame("b", step1, hocuspocus)], 0));
  expect(asked.slice(0, 2)).toEqual([`b: ${step1}`, "b: 0001020000"]);
  expect(asked[2]).toMatch(/^b: 01..010501/);
  expect(asked).toHaveLength(3);
});

test("[H2] Hocuspocus' framing: a resync brings step 1 and the state, and asks for no awareness", () => {
  const hocuspocus: ClientOptions = { ...extended, framing: "hocuspocus" };
  const room = new Room("r", type, [fromHex(HELLO)]);
  const state = `0001${(HELLO.length / 2).toString(16)}${HELLO}`;
  expect(replies(room.connect(connection("a", hocuspocus), true))).toEqual(["a: 00000701e9db9a900106", `a: ${state}`]);
});

test("[P2] the whole state holds an edit that waits for others, as the row of it is not read any more once a snapshot has it", () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => void updates.push(update));
  for (const letter of "abc") doc.getText("t").insert(doc.getText("t").length, letter);
  const [a, b, c] = updates as [Uint8Array, Uint8Array, Uint8Array];
  const room = new Room("prosemirror.d", type);
  room.connect(connection("s/1"));
  room.receive([frame("s/1", toHex(encodeUpdate(a)))], 0);
  room.encodeState();
  expect(room.receive([frame("s/1", toHex(encodeUpdate(c)))], 0).edited?.updates).toHaveLength(1);
  const next = new Room("prosemirror.d", type, [room.encodeState(), b]);
  expect(next.doc.getText("t").toString()).toBe("abc");
});

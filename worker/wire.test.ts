// Rooms whose clients speak the second version of Yjs' update encoding: everything on the wire is V2, everything
// stored is V1.
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { decodeFrame, encodeStep1, encodeStep2, encodeUpdate } from "#lib/frames.ts";
import type { ClientOptions } from "#lib/messages.ts";
import { roomTypeOf } from "#lib/room-types.ts";
import type { Connection, Incoming, Outcome } from "./outcome.ts";
import { Room } from "./room.ts";

const type = { ...roomTypeOf("default"), protocolVersion: 2 as const };
const options: ClientOptions = {
  allowWrite: true,
  allowWriteAwareness: true,
  extended: true,
  framing: "y-websocket",
};

function connection(id: string): Connection {
  return { id, member: { id: `user-${id}`, name: id, color: 1 }, options };
}

function incoming(frame: Uint8Array, from = "a", given = options): Incoming {
  return {
    connection: from,
    sequence: 1,
    userId: `user-${from}`,
    options: given,
    relayedBy: null,
    answered: false,
    frame,
  };
}

/** A document with the text `t`, and its updates in V2. */
function writer(): { doc: Y.Doc; updates: Uint8Array[]; type(text: string): void } {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("updateV2", (update: Uint8Array) => updates.push(update));
  return { doc, updates, type: (text) => doc.getText("t").insert(doc.getText("t").length, text) };
}

/** Applies everything that a client gets, which must be V2. */
function take(doc: Y.Doc, outcome: Outcome): string {
  for (const frame of [...outcome.replies.map((reply) => reply.frame), ...outcome.broadcast]) {
    for (const message of decodeFrame(frame)) {
      if (message.type === "step2" || message.type === "update") Y.applyUpdateV2(doc, message.update);
    }
  }
  return doc.getText("t").toString();
}

function textOf(updates: Uint8Array[]): string {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getText("t").toString();
}

test("an update in V2 is broadcast in V2 and stored in V1", () => {
  const room = new Room("r", type);
  const ana = writer();
  ana.type("hello ");
  ana.type("there");
  const outcome = room.receive(
    ana.updates.map((update) => incoming(encodeUpdate(update))),
    0,
  );
  expect(outcome.broadcast).toHaveLength(1);
  expect(take(new Y.Doc(), outcome)).toBe("hello there");
  expect(textOf(outcome.edited?.updates ?? [])).toBe("hello there");
  expect(outcome.saved).toEqual(new Map([["a", 1]]));
});

test("step 1 is answered in V2, by the whole state or by a diff, from what is stored in V1", () => {
  const ana = writer();
  ana.type("stored");
  const room = new Room("r", type, [Y.encodeStateAsUpdate(ana.doc)]);
  expect(take(new Y.Doc(), room.receive([incoming(encodeStep1(Uint8Array.of(0)))], 0))).toBe("stored");

  const known = Y.encodeStateVector(ana.doc);
  const ben = new Y.Doc();
  Y.applyUpdate(ben, Y.encodeStateAsUpdate(ana.doc));
  ana.type(" and more");
  room.receive([incoming(encodeUpdate(ana.updates.at(-1) ?? new Uint8Array()))], 0);
  expect(take(ben, room.receive([incoming(encodeStep1(known))], 0))).toBe("stored and more");
});

test("a step 2 in V2 brings offline edits to everybody, and a resync the whole state", () => {
  const room = new Room("r", type);
  const ana = writer();
  ana.type("offline");
  const outcome = room.receive([incoming(encodeStep2(Y.encodeStateAsUpdateV2(ana.doc)))], 0);
  expect(take(new Y.Doc(), outcome)).toBe("offline");
  expect(take(new Y.Doc(), room.connect(connection("b"), true))).toBe("offline");
  // The cached state is encoded anew after an edit.
  ana.type("!");
  room.receive([incoming(encodeUpdate(ana.updates.at(-1) ?? new Uint8Array()))], 0);
  expect(take(new Y.Doc(), room.connect(connection("b"), true))).toBe("offline!");
  expect(textOf([room.encodeState()])).toBe("offline!");
});

test("[R14] an edit of the app, which is V1, is told in V2", () => {
  const room = new Room("r", type);
  const app = writer();
  app.type("from the app");
  const outcome = room.edit(Y.encodeStateAsUpdate(app.doc), "server");
  expect(take(new Y.Doc(), outcome)).toBe("from the app");
  expect(textOf(outcome.edited?.updates ?? [])).toBe("from the app");
  expect(outcome.edited?.authors).toEqual(["server"]);
});

test("[P2] an update in V2 that waits for another one is stored in V1 and not called saved", () => {
  const room = new Room("r", type);
  const ana = writer();
  ana.type("a");
  ana.type("b");
  const [first, second] = ana.updates.map((update) => incoming(encodeUpdate(update))) as [Incoming, Incoming];
  const early = room.receive([second], 0);
  expect(early.saved.size).toBe(0);
  const late = room.receive([first], 0);
  expect(late.saved.size).toBe(1);
  // What waits is complete with the first letter alone.
  expect(textOf([...(early.edited?.updates ?? []), Y.convertUpdateFormatV2ToV1(ana.updates[0] as Uint8Array)])).toBe(
    "ab",
  );
  expect(textOf(late.edited?.updates ?? [])).toBe("ab");
  expect(take(new Y.Doc(), late)).toBe("ab");
});

test("[P6] read-only is judged in V2 as well", () => {
  const room = new Room("r", type);
  const ana = writer();
  ana.type("not mine to write");
  const hidden = Buffer.concat([encodeStep1(Uint8Array.of(0)), encodeUpdate(ana.updates[0] ?? new Uint8Array())]);
  const outcome = room.receive([incoming(hidden, "a", { ...options, allowWrite: false })], 0);
  expect([outcome.edited, outcome.broadcast]).toEqual([null, []]);
  expect(room.doc.getText("t").toString()).toBe("");
});

test("[P5] an update in V1 is a violation here, and so is one that stands for billions of structs", () => {
  const room = new Room("r", type);
  const ana = writer();
  ana.type("good");
  const bomb = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0);
    // Nine columns: every one empty, so that Yjs reads zeros for ever, but the infos (GC for ever) and the strings.
    for (const column of [[], [], [], [], [0], [0], [], [], []]) {
      encoding.writeVarUint8Array(encoder, Uint8Array.from(column));
    }
    for (const number of [1, 2 ** 31, 0]) encoding.writeVarUint(encoder, number);
  });
  const outcome = room.receive(
    [
      incoming(encodeUpdate(Y.encodeStateAsUpdate(ana.doc)), "old"),
      incoming(encodeUpdate(bomb), "bomb"),
      incoming(encodeUpdate(ana.updates[0] ?? new Uint8Array())),
    ],
    0,
  );
  expect(outcome.violations.map(({ connection, code }) => [connection, code])).toEqual([
    ["old", 4400],
    ["bomb", 4413],
  ]);
  expect(outcome.violations[1]?.reason).toContain("parts");
  expect(take(new Y.Doc(), outcome)).toBe("good");
});

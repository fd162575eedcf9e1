// The provider against a fake server: frames out and in as bytes, what counts as saved, losing and finding the
// connection again.
import { afterEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createFakeRoom, EMPTY_STEP1, EMPTY_STEP2, greet } from "#app/_collab/fake-server.test-helper.ts";
import { encodeAwareness, encodeNotice, encodeSaved, encodeStep1, encodeStep2, encodeUpdate } from "#lib/frames.ts";
import { CLOSE } from "#lib/protocol.ts";

let room: ReturnType<typeof createFakeRoom>;
afterEach(() => room.stop());

/** Opens the socket and lets both sides greet each other, up to the acknowledgement. */
async function connected(options = {}) {
  room = createFakeRoom(options);
  greet(room);
}

async function typed(text: string) {
  room.text.insert(room.text.length, text);
  await Promise.resolve();
}

describe("greeting", () => {
  test("says sync step 1, then its own awareness, and answers the server's step 1", () => {
    room = createFakeRoom();
    expect(room.socket.sent).toEqual([]);
    room.socket.onopen?.();
    expect([...(room.socket.sent[0] ?? [])]).toEqual(EMPTY_STEP1);
    expect(room.socket.types).toEqual(["step1", "awareness"]);
    room.socket.receive(EMPTY_STEP1);
    expect([...(room.socket.sent[2] ?? [])]).toEqual(EMPTY_STEP2);
  });

  test("is synced with the server's step 2, and settled with the acknowledgement of its own", () => {
    room = createFakeRoom();
    room.socket.onopen?.();
    expect(room.provider.synced).toBe(false);
    room.socket.receive(EMPTY_STEP2);
    expect([room.provider.synced, room.provider.settled]).toEqual([true, false]);
    room.socket.receive(EMPTY_STEP1);
    room.socket.receive(encodeSaved(2));
    expect(room.provider.settled).toBe(false);
    room.socket.receive(encodeSaved(3));
    expect(room.provider.settled).toBe(true);
  });

  test("reads every message of a frame", () => {
    room = createFakeRoom();
    room.socket.onopen?.();
    const other = new Y.Doc();
    other.getText("t").insert(0, "hello");
    const update = Y.encodeStateAsUpdate(other);
    room.socket.receive(EMPTY_STEP1, encodeStep2(update), [1, 1, 0], encodeSaved(3));
    expect(room.text.toString()).toBe("hello");
    expect(room.provider.settled).toBe(true);
  });

  test("keeps quiet about what came from the server", async () => {
    await connected();
    const before = room.socket.sent.length;
    const other = new Y.Doc();
    other.getText("t").insert(0, "theirs");
    room.socket.receive(encodeUpdate(Y.encodeStateAsUpdate(other)));
    await Promise.resolve();
    expect(room.socket.sent.length).toBe(before);
    expect(room.provider.settled).toBe(true);
  });

  test("answers a query with its own awareness only", async () => {
    await connected();
    room.socket.receive(encodeAwareness(Uint8Array.from([1, 9, 1, 2, 0x7b, 0x7d])));
    room.socket.receive([3]);
    const last = room.socket.messages.at(-1);
    expect(last?.type === "awareness" && [...last.update].slice(0, 2)).toEqual([1, 1]);
  });

  test("hands notices on", async () => {
    await connected();
    room.socket.receive(encodeNotice({ kind: "renamed", title: "New", by: "Ana" }));
    expect(room.notices).toEqual([{ kind: "renamed", title: "New", by: "Ana" }]);
  });

  test("a step 1 that lacks edits gets exactly those", async () => {
    await connected();
    await typed("abc");
    const known = new Y.Doc();
    Y.applyUpdate(known, Y.encodeStateAsUpdate(room.doc));
    await typed("d");
    room.socket.receive(encodeStep1(Y.encodeStateVector(known)));
    const answer = room.socket.messages.at(-1);
    if (answer?.type === "step2") Y.applyUpdate(known, answer.update);
    expect(known.getText("t").toString()).toBe("abcd");
  });
});

describe("saved", () => {
  test("is not said from the moment of an edit until its frame is acknowledged", async () => {
    await connected();
    room.text.insert(0, "a");
    expect([room.provider.pending, room.provider.settled]).toEqual([true, false]);
    await Promise.resolve();
    expect(room.socket.types.at(-1)).toBe("update");
    const frame = room.socket.sent.length;
    room.socket.receive(encodeSaved(frame - 1));
    expect([room.provider.pending, room.provider.settled]).toEqual([true, false]);
    room.socket.receive(encodeSaved(frame));
    expect([room.provider.pending, room.provider.settled]).toEqual([false, true]);
  });

  test("counts frames without edits too", async () => {
    await connected();
    room.clock.pass(60);
    room.awareness.setLocalStateField("cursor", 1);
    await typed("a");
    room.clock.pass(60);
    room.awareness.setLocalStateField("cursor", 2);
    expect(room.socket.types.slice(-3)).toEqual(["awareness", "update", "awareness"]);
    room.socket.receive(encodeSaved(room.socket.sent.length - 1));
    expect(room.provider.settled).toBe(true);
  });

  test("ignores an acknowledgement of frames that were never sent", async () => {
    await connected();
    room.socket.receive(encodeSaved(1_000_000));
    await typed("a");
    expect(room.provider.settled).toBe(false);
  });

  test("changes of one turn travel as one frame", async () => {
    await connected();
    const before = room.socket.sent.length;
    room.text.insert(0, "a");
    room.text.insert(1, "b");
    await Promise.resolve();
    expect(room.socket.sent.length).toBe(before + 1);
    const last = room.socket.messages.at(-1);
    const other = new Y.Doc();
    if (last?.type === "update") Y.applyUpdate(other, last.update);
    expect(other.getText("t").toString()).toBe("ab");
  });

  test("a resync in the middle is an edit frame again", async () => {
    await connected();
    room.socket.receive(EMPTY_STEP1);
    expect([room.provider.pending, room.provider.settled]).toEqual([false, false]);
    room.socket.receive(encodeSaved(room.socket.sent.length));
    expect(room.provider.settled).toBe(true);
  });
});

describe("losing the connection", () => {
  test("what was not acknowledged stays pending until the step 2 of the next connection is", async () => {
    await connected();
    await typed("a");
    room.socket.onclose?.({ code: 1006, reason: "" });
    expect([room.provider.pending, room.provider.connection.phase]).toEqual([true, "waiting"]);
    await typed("b");
    room.clock.pass(4_000);
    expect(room.sockets.length).toBe(2);
    room.socket.onopen?.();
    room.socket.receive(EMPTY_STEP2);
    room.socket.receive(encodeSaved(2));
    expect([room.provider.pending, room.provider.settled]).toEqual([true, false]);
    room.socket.receive(EMPTY_STEP1);
    const answer = room.socket.messages.at(-1);
    const other = new Y.Doc();
    if (answer?.type === "step2") Y.applyUpdate(other, answer.update);
    expect(other.getText("t").toString()).toBe("ab");
    expect(room.provider.pending).toBe(true);
    room.socket.receive(encodeSaved(3));
    expect([room.provider.pending, room.provider.settled]).toEqual([false, true]);
  });

  test("an edit before the server's step 1 is not taken for the whole", async () => {
    await connected({ unsent: true });
    room.socket.onclose?.({ code: 1006, reason: "" });
    await typed("offline");
    room.clock.pass(4_000);
    room.socket.onopen?.();
    await typed("!");
    room.socket.receive(EMPTY_STEP2);
    room.socket.receive(encodeSaved(room.socket.sent.length));
    expect(room.provider.settled).toBe(false);
    expect(room.provider.pending).toBe(true);
  });

  test("nothing pending stays nothing pending", async () => {
    await connected();
    room.socket.onclose?.({ code: 1001, reason: "" });
    expect([room.provider.pending, room.provider.settled, room.provider.synced]).toEqual([false, false, false]);
  });

  test("edits of the local copy are pending from the start", () => {
    room = createFakeRoom({ unsent: true });
    expect(room.provider.pending).toBe(true);
  });

  test("waits longer and longer, and at once when somebody asks", async () => {
    await connected();
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      const made = room.sockets.length;
      room.socket.onclose?.({ code: 1006, reason: "" });
      const start = room.clock.now();
      while (room.sockets.length === made) room.clock.pass(10);
      waits.push(room.clock.now() - start);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000]);
    room.socket.onclose?.({ code: 1006, reason: "" });
    const made = room.sockets.length;
    room.provider.retry();
    expect(room.sockets.length).toBe(made + 1);
    room.provider.retry();
    expect(room.sockets.length).toBe(made + 1);
  });

  test.each(Object.entries(CLOSE))("close code %s", async (_name, code) => {
    await connected();
    room.socket.onclose?.({ code, reason: "" });
    room.clock.pass(60_000);
    const stops = code >= 4400 && code <= 4499;
    expect(room.sockets.length > 1).toBe(!stops);
    expect(room.provider.connection).toEqual(stops ? { phase: "refused", code } : expect.anything());
    if (!stops) return;
    room.provider.retry();
    expect(room.sockets.length).toBe(2);
  });

  test("the browser says offline: does not wait for the socket to notice", async () => {
    await connected();
    const old = room.socket;
    room.provider.lost();
    expect([old.closed, room.provider.synced, room.provider.connection.phase]).toEqual([true, false, "waiting"]);
  });

  test("a frame that cannot be read starts the connection over", async () => {
    await connected();
    room.socket.receive([0, 2, 200, 1, 1]);
    expect(room.provider.connection.phase).toBe("waiting");
    room.clock.pass(4_000);
    expect(room.sockets.length).toBe(2);
  });

  test("everybody else is gone from the list of people, and back with the next connection though they did not move", async () => {
    await connected();
    const people = () => [...room.awareness.getStates().keys()];
    const nine = encodeAwareness(Uint8Array.from([1, 9, 1, 2, 0x7b, 0x7d]));
    room.socket.receive(nine);
    expect(people()).toEqual([1, 9]);
    room.socket.onclose?.({ code: 1006, reason: "" });
    expect(people()).toEqual([1]);
    room.provider.retry();
    room.socket.onopen?.();
    room.socket.receive(nine);
    expect(people()).toEqual([1, 9]);
  });
});

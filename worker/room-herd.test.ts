import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from "#lib/frames.ts";
import { roomTypeOf } from "#lib/room-types.ts";
import type { Incoming } from "./outcome.ts";
import { Room } from "./room.ts";
import { joins, loneRoom, says } from "./testing/lone-room.ts";
import { options } from "./testing/town.ts";

const BOOK = "a word ".repeat(20_000);

test("a hundred who join a large document together, while somebody writes, are told it once", async () => {
  const { live, deliver } = loneRoom();
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  doc.getText("t").insert(0, BOOK);
  for (let word = 0; word < 100; word++) doc.getText("t").insert(0, "more ");
  live.take([joins(0), says(0, 1, encodeUpdate(updates[0] as Uint8Array))]);
  await vi.waitFor(() => expect(deliver).toHaveBeenCalled());
  deliver.mockClear();

  const step1 = encodeStep1(Y.encodeStateVector(new Y.Doc()));
  const herd = Array.from({ length: 100 }, (_, index) => index + 1);
  live.take(
    herd.flatMap((connection) => [
      joins(connection),
      says(connection, 1, step1),
      says(0, connection + 1, encodeUpdate(updates[connection] as Uint8Array)),
      says(connection, 2, encodeAwareness(presence(connection))),
    ]),
  );
  await vi.waitFor(() => expect(deliver).toHaveBeenCalled());
  const told = deliver.mock.calls.flatMap(([, message]) => (message.type === "forward" ? [message] : []));
  const large = told.filter(({ state }) => (state?.bytes?.length ?? 0) > BOOK.length);
  expect(large).toHaveLength(1);
  expect(large[0]?.to).toEqual(herd);
  expect(told.length).toBeLessThan(5);
});

test("[P7] who joins next is told the name of what their server has, until the document changes", async () => {
  const { live, deliver } = loneRoom();
  const doc = new Y.Doc();
  doc.getText("t").insert(0, BOOK);
  const step1 = encodeStep1(Y.encodeStateVector(new Y.Doc()));
  let next = 0;
  const join = async (server: string, state: string | null) => {
    deliver.mockClear();
    const connection = ++next;
    const items = [joins(connection, state), says(connection, 1, step1)];
    live.take(items.map((item) => ({ ...item, server })));
    await vi.waitFor(() => expect(deliver).toHaveBeenCalled());
    const message = deliver.mock.calls.at(-1)?.[1];
    if (message?.type !== "forward" || !message.state) throw new Error("no state");
    return message.state;
  };
  live.take([joins(0), says(0, 1, encodeUpdate(Y.encodeStateAsUpdate(doc)))]);
  await vi.waitFor(() => expect(deliver).toHaveBeenCalled());

  const first = await join("one", null);
  expect(first.bytes?.length).toBeGreaterThan(BOOK.length);
  expect(await join("one", first.id)).toEqual({ ...first, bytes: null });
  expect(await join("two", null)).toEqual(first);
  expect(await join("two", "something old")).toEqual(first);
  live.take([says(0, 2, encodeUpdate(Y.encodeStateAsUpdate(new Y.Doc({}))))]);
  expect((await join("one", first.id)).bytes).toBeNull();

  const before = Y.encodeStateVector(doc);
  doc.getText("t").insert(0, "more ");
  live.take([says(0, 3, encodeUpdate(Y.encodeStateAsUpdate(doc, before)))]);
  const later = await join("one", first.id);
  expect(later.id).not.toBe(first.id);
  expect(later.bytes?.length).toBeGreaterThan(first.bytes?.length ?? 0);
});

/** One client of the connection is there, with nothing to say about itself. */
function presence(connection: number): Uint8Array {
  const state = new TextEncoder().encode("{}");
  return Uint8Array.of(1, connection, 1, state.length, ...state);
}

test("those who come back together are told what they lack in the same bytes, and confirmed; what one brings is taken", () => {
  const room = new Room("prosemirror.d", roomTypeOf("prosemirror.d"));
  const [known, missed] = [new Y.Doc(), new Y.Doc()];
  const said = (connection: string, frame: Uint8Array): Incoming => {
    return { connection, sequence: 1, userId: connection, options, relayedBy: null, answered: false, frame };
  };
  known.getText("t").insert(0, BOOK);
  known.getText("t").delete(3, 1);
  missed.getText("t").insert(0, "news ");
  for (const doc of [known, missed]) room.receive([said("x", encodeUpdate(Y.encodeStateAsUpdate(doc)))], 0);

  const herd = Array.from({ length: 100 }, (_, index) => `c${index}`);
  const step1 = encodeStep1(Y.encodeStateVector(known));
  const asked = room.receive(
    herd.map((id) => said(id, step1)),
    0,
  );
  expect(new Set(asked.replies.map(({ frame }) => frame)).size).toBe(2);

  // In sync, they answer step 1 with nothing but deletions that everybody has.
  const nothing = encodeStep2(Y.encodeStateAsUpdate(known, Y.encodeStateVector(room.doc)));
  const frames = herd.map((id) => said(id, nothing));
  const reader = { ...said("reader", nothing), options: { ...options, allowWrite: false } };
  const confirmed = room.receive([...frames, reader], 0);
  expect([confirmed.saved.size, confirmed.edited, confirmed.broadcast]).toEqual([101, null, []]);

  known.getText("t").insert(0, "typed offline ");
  const brought = encodeStep2(Y.encodeStateAsUpdate(known, Y.encodeStateVector(room.doc)));
  const taken = room.receive([said("c1", nothing), said("c2", brought)], 0);
  expect(taken.edited?.authors).toEqual(["c2"]);
  expect(room.doc.getText("t").toString()).toContain("typed offline ");
});

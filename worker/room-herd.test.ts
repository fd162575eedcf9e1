import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { encodeAwareness, encodeStep1, encodeUpdate } from "#lib/frames.ts";
import { joins, loneRoom, says } from "./testing/lone-room.ts";

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
  const large = told.filter(({ payloads }) => payloads.some(({ length }) => length > BOOK.length));
  expect(large).toHaveLength(1);
  expect(large[0]?.to).toEqual(herd);
  expect(told.length).toBeLessThan(5);
});

/** One client of the connection is there, with nothing to say about itself. */
function presence(connection: number): Uint8Array {
  const state = new TextEncoder().encode("{}");
  return Uint8Array.of(1, connection, 1, state.length, ...state);
}

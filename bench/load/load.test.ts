// The generator's own encoder and decoder against Yjs, and its bookkeeping.

import { describe, expect, it } from "vitest";
import { Awareness, applyAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { decodeCursors, encodeCursor } from "./cursors.ts";
import { decodeFrame, encodeAwareness, encodeUpdate } from "./dialects.ts";
import { Histogram } from "./histogram.ts";
import { Ledger } from "./ledger.ts";
import { encodeClientFrame } from "./socket.ts";
import { decodeRanges, encodeInsert, ROOT } from "./updates.ts";

const typed = (client: number, text: string) => [...text].map((c, clock) => encodeInsert(client, clock, c));

describe("updates made by hand", () => {
  it("are what Yjs reads as typing", () => {
    const doc = new Y.Doc();
    for (const update of typed(300, "hello")) Y.applyUpdate(doc, update);
    expect(doc.getText(ROOT).toString()).toBe("hello");
    expect(doc.store.pendingStructs).toBeNull();
  });

  it("are the bytes that Yjs itself would send", () => {
    const doc = new Y.Doc();
    doc.clientID = 300;
    const updates: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    for (const [index, character] of [..."hello"].entries()) doc.getText(ROOT).insert(index, character);
    expect(typed(300, "hello").map((update) => Buffer.from(update).toString("hex"))).toEqual(
      updates.map((update) => Buffer.from(update).toString("hex")),
    );
  });

  it("are read back from what a server merged", () => {
    const merged = Y.mergeUpdates([...typed(7, "abc").slice(1), ...typed(70_000, "xy")]);
    const characters = decodeRanges(merged).flatMap(({ client, clock, length }) =>
      Array.from({ length }, (_, index) => `${client}:${clock + index}`),
    );
    expect(characters.toSorted()).toEqual(["70000:0", "70000:1", "7:1", "7:2"]);
  });

  it("are read back from a server that encodes its document, other content included", () => {
    const doc = new Y.Doc();
    doc.clientID = 5;
    doc.getMap("m").set("k", 1);
    for (const update of typed(7, "abc")) Y.applyUpdate(doc, update);
    expect(decodeRanges(Y.encodeStateAsUpdate(doc))).toContainEqual({ client: 7, clock: 0, length: 3 });
    expect(decodeRanges(Y.encodeStateAsUpdate(doc))).toContainEqual({ client: 5, clock: 0, length: 1 });
  });

  it("are refused when they are cut", () => {
    expect(() => decodeRanges((typed(7, "a")[0] as Uint8Array).subarray(0, 6))).toThrow();
  });
});

it("cursors made by hand are awareness states", () => {
  const awareness = new Awareness(new Y.Doc());
  applyAwarenessUpdate(awareness, encodeCursor(9, 3), null);
  expect(awareness.getStates().get(9)).toHaveProperty("cursor.anchor.item", { client: 9, clock: 3 });
  expect(decodeCursors(encodeCursor(9, 3))).toEqual([{ client: 9, clock: 3 }]);
  awareness.destroy();
});

it.each(["y-websocket", "hocuspocus"] as const)("frames of %s are read back", (dialect) => {
  const body = Uint8Array.of(1, 2, 3);
  expect(decodeFrame(dialect, encodeUpdate(dialect, "room", body))).toEqual([{ kind: "update", body }]);
  expect(decodeFrame(dialect, encodeAwareness(dialect, "room", body))).toEqual([{ kind: "awareness", body }]);
});

it.each([0, 125, 126, 65_535, 65_536])("a frame of %i bytes has the head that RFC 6455 wants", (length) => {
  const frame = encodeClientFrame(new Uint8Array(length).fill(7));
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  expect(frame.length).toBe(head + 4 + length);
  expect((frame[1] as number) & 0x7f).toBe(length < 126 ? length : length < 65_536 ? 126 : 127);
  expect(frame.subarray(head + 4).every((byte) => byte === 7)).toBe(true);
});

describe("the ledger", () => {
  const latency = () => new Histogram();
  const delivery = (...triples: number[]) => Int32Array.from(triples);
  const sendThree = () => {
    const ledger = new Ledger(3);
    for (let n = 0; n < 3; n++) ledger.send(0, n);
    return ledger;
  };

  it("counts every event once per other member, however it is packed or repeated", () => {
    const [ledger, seen] = [sendThree(), latency()];
    for (const receiver of [0, 1, 2]) {
      ledger.receive(receiver, Buffer.from("a"), 10, seen, () => delivery(0, 0, 2));
      ledger.receive(receiver, Buffer.from("b"), 10, seen, () => delivery(0, 0, 3));
    }
    expect([ledger.expected, ledger.delivered, seen.count]).toEqual([6, 6, 6]);
  });

  it("does not count what is missing", () => {
    const ledger = sendThree();
    ledger.receive(1, Buffer.from("a"), 10, latency(), () => delivery(0, 0, 1));
    ledger.receive(1, Buffer.from("b"), 10, latency(), () => delivery(0, 2, 1));
    expect([ledger.delivered, ledger.has(1, 0)]).toEqual([1, 1]);
  });

  it("counts what came early once its predecessor is there", () => {
    const ledger = sendThree();
    ledger.receive(1, Buffer.from("b"), 10, latency(), () => delivery(0, 1, 2));
    ledger.receive(1, Buffer.from("a"), 10, latency(), () => delivery(0, 0, 1));
    expect(ledger.has(1, 0)).toBe(3);
  });

  it("decodes the same bytes once for a room", () => {
    const ledger = sendThree();
    let decoded = 0;
    const decode = () => delivery(0, 0, ++decoded);
    for (const receiver of [1, 2]) ledger.receive(receiver, Buffer.from("a"), 10, latency(), decode);
    expect(decoded).toBe(1);
  });
});

it("a histogram answers quantiles to 0.02 ms, and to a thousandth above 20 ms", () => {
  const histogram = new Histogram();
  for (let ms = 1; ms <= 1000; ms++) histogram.record(ms);
  expect(histogram.quantile(0.01)).toBeCloseTo(10, 1);
  expect(Math.abs(histogram.quantile(0.5) - 500)).toBeLessThan(1);
  expect(Math.abs(histogram.quantile(0.99) - 990)).toBeLessThan(2);
  expect(histogram.summary().max).toBe(1000);
});

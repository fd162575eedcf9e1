// A room type with `protocolVersion: 2`, over real sockets and through a new worker: clients speak Yjs' second update
// encoding, the store has the first.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import { decodeFrame, encodeStep1, encodeStep2, encodeUpdate } from "#lib/frames.ts";
import { setRoomTypes } from "#lib/room-types.ts";
import { createYWebsocketGate } from "#server/gates/y-websocket.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";
import { admitted, type FullPath, startFullPath } from "./testing/full-path.ts";

const gate = createYWebsocketGate({
  path: /^\/ws\/(?<name>\w+)$/,
  admit: async (_, { searchParams }, { name = "" }) =>
    admitted("second.d", name, {
      allowWrite: searchParams.get("readonly") !== "1",
      allowWriteAwareness: true,
      extended: true,
      framing: "y-websocket",
    }),
});

const storage = createMemoryStorage();
let path: FullPath;
beforeEach(async () => {
  setRoomTypes({ second: { protocolVersion: 2, disablePipelining: true, removeRoomDelay: 0 } });
  path = await startFullPath([gate], storage);
});
afterEach(async () => {
  await path.stop();
  setRoomTypes({});
});

/** A client that knows only V2. */
async function join(name: string) {
  const doc = new Y.Doc();
  const text = doc.getText("t");
  const socket = new WebSocket(`${path.url}/ws/${name}`);
  path.onStop(() => socket.terminate());
  const client = { text, socket, sent: 0, saved: 0, type: (words: string) => text.insert(text.length, words) };
  const send = (frame: Uint8Array) => {
    client.sent++;
    socket.send(frame);
  };
  socket.on("message", (data: Buffer) => {
    for (const message of decodeFrame(data)) {
      if (message.type === "step1") send(encodeStep2(Y.encodeStateAsUpdateV2(doc, message.stateVector)));
      else if (message.type === "step2" || message.type === "update") Y.applyUpdateV2(doc, message.update, socket);
      else if (message.type === "saved") client.saved = message.sequence;
    }
  });
  doc.on("updateV2", (update: Uint8Array, origin: unknown) => {
    if (origin !== socket) send(encodeUpdate(update));
  });
  await new Promise((resolve) => socket.once("open", resolve));
  send(encodeStep1(Y.encodeStateVector(doc)));
  return client;
}

const shows = ({ text }: { text: Y.Text }, words: string) =>
  vi.waitFor(() => expect(text.toString()).toBe(words), { timeout: 5_000 });

test("[P1] [P2] clients of the second version converge, are saved in the first, and find it again", async () => {
  const first = await path.startWorker("w1");
  const [ana, ben, eve] = [await join("ana"), await join("ben"), await join("eve?readonly=1")];
  ana.type("hello ");
  await shows(ben, "hello ");
  ben.type("there");
  await shows(ana, "hello there");
  await shows(eve, "hello there");
  eve.type("not this");
  await vi.waitFor(() => expect(ben.saved).toBe(ben.sent));
  const stored = new Y.Doc();
  for (const update of (await storage.load("second.d"))?.updates ?? []) Y.applyUpdate(stored, update);
  expect(stored.getText("t").toString()).toBe("hello there");

  // A new worker asks everybody for what it lacks, and tells everybody what they lack.
  await first.stop();
  ana.type(", in between");
  await path.startWorker("w2");
  await shows(ben, "hello there, in between");
  for (const { socket } of [ana, ben, eve]) socket.close();
  await shows(await join("dora"), "hello there, in between");
});

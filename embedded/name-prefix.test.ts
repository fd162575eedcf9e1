// Room types with `protocolNamePrefix`, over real sockets: the bytes that channels-yroom speaks with Hocuspocus' clients.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import WebSocket from "ws";
import { encodeUpdate } from "#lib/frames.ts";
import { CLOSE } from "#lib/protocol.ts";
import { type RoomType, setRoomTypes } from "#lib/room-types.ts";
import { createYWebsocketGate } from "#server/gates/y-websocket.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";
import { fromHex, toHex } from "#worker/testing/hex.ts";
import { admitted, type FullPath, startFullPath } from "./testing/full-path.ts";

/** Text `test` = "hello ", as channels-yroom's own tests store it. */
const HELLO = "0101e9db9a900100040104746573740668656c6c6f2000";
const SAME_STATE = "00000701e9db9a900106";

const gate = createYWebsocketGate({
  path: /^\/ws\/(?<room>[\w.]+)$/,
  admit: async (_, __, { room = "" }) =>
    admitted(room, "ana", {
      allowWrite: true,
      allowWriteAwareness: true,
      extended: false,
      framing: "y-websocket",
    }),
});

let path: FullPath;
const storage = createMemoryStorage();
beforeEach(async () => {
  path = await startFullPath([gate], storage);
});
afterEach(async () => {
  await path.stop();
  setRoomTypes({});
});

/** A room of a type with these settings, in which HELLO is stored. */
async function makeRoom(settings: Partial<RoomType>): Promise<string> {
  const room = `named.r${Math.random().toString(36).slice(2)}`;
  setRoomTypes({ named: { protocolNamePrefix: true, ...settings } });
  const fence = { channel: "test", partition: 0, epoch: await storage.own("test", 0, "test") };
  await storage.append([{ room, update: fromHex(HELLO), authors: [], fence }]);
  await path.startWorker("w1");
  return room;
}

async function open(room: string) {
  const socket = new WebSocket(`${path.url}/ws/${room}`);
  path.onStop(() => socket.terminate());
  const frames: string[] = [];
  socket.on("message", (data: Buffer) => frames.push(toHex(data)));
  await new Promise((resolve) => socket.once("open", resolve));
  return {
    socket,
    frames,
    send: (hex: string) => socket.send(fromHex(hex)),
    gets: (...expected: string[]) => vi.waitFor(() => expect(frames).toEqual(expected)),
  };
}

/** "test" and "other" as varStrings. */
const TEST = "0474657374";
const OTHER = "056f74686572";

test("[R16] step 1 is answered by three frames with the client's own name, without pipelining and start sync", async () => {
  const client = await open(await makeRoom({ serverStartSync: false, disablePipelining: true }));
  client.send(TEST + SAME_STATE);
  await client.gets(`${TEST}0001020000`, TEST + SAME_STATE, `${TEST}010100`);
});

test("[R16] with pipelining there is one name and one frame", async () => {
  const client = await open(await makeRoom({ serverStartSync: false }));
  client.send(TEST + SAME_STATE);
  await client.gets(`${TEST}0001020000${SAME_STATE}010100`);
});

test("[R16] what the server says first waits for the client's name", async () => {
  const client = await open(await makeRoom({ serverStartSync: true }));
  client.send(`${TEST}03`);
  await client.gets(TEST + SAME_STATE, `${TEST}010100`);
});

test("[R16] a broadcast reaches everyone behind the name that they use", async () => {
  const room = await makeRoom({ serverStartSync: false });
  const [ana, ben] = [await open(room), await open(room)];
  ana.send(`${TEST}03`);
  ben.send(`${OTHER}03`);
  await ana.gets(`${TEST}010100`);
  await ben.gets(`${OTHER}010100`);
  ana.send(`${TEST}010100`);
  await ana.gets(`${TEST}010100`, `${TEST}010100`);
  await ben.gets(`${OTHER}010100`, `${OTHER}010100`);
});

test("[R16] [P5] a frame without a name, or with an endless one, costs its connection", async () => {
  const room = await makeRoom({});
  const long = Buffer.concat([Buffer.from("e907", "hex"), Buffer.alloc(1001, "x"), Buffer.of(3)]);
  for (const bad of ["ff", toHex(long)]) {
    const { socket, send } = await open(room);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    send(bad);
    expect(await closed).toBe(CLOSE.protocolViolation);
  }
});

test("[R16] [R9] a name with nothing behind it is an empty frame", async () => {
  const client = await open(await makeRoom({ serverStartSync: false }));
  client.send(TEST);
  client.send(TEST + toHex(encodeUpdate(fromHex(HELLO))));
  client.send(`${TEST}03`);
  await client.gets(`${TEST}010100`);
});

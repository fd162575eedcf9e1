// Hocuspocus framing byte by byte, on bare sockets over the whole path.
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import WebSocket from "ws";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { toHex } from "#worker/testing/hex.ts";
import { type HocuspocusPath, startHocuspocus } from "./testing/hocuspocus-path.ts";

let on: HocuspocusPath;
beforeEach(async () => {
  on = await startHocuspocus();
});
afterEach(() => on.path.stop());

const string = (value: string) => toHex(encoding.encode((encoder) => encoding.writeVarString(encoder, value)));
const D1 = string("d1");
const authenticate = (token: string) => `${D1} 02 00 ${string(token)} ${string("4.7.0")}`;
const bytes = (...parts: string[]) => parts.join("").replaceAll(" ", "");

test("[H2] bytes: authentication, step 1 answered by step 1 and step 2, an edit and its receipt, ping", async () => {
  await on.path.startWorker("w1");
  const client = await on.raw();
  client.send(authenticate("ana"));
  await vi.waitFor(() => expect(client.frames).toEqual([bytes(D1, "02 02", string("read-write"))]));
  client.frames.length = 0;
  client.send(`${D1} 00 00 01 00`);
  await vi.waitFor(() => expect(client.frames).toEqual([bytes(D1, "00 00 01 00"), bytes(D1, "00 01 02 00 00")]));
  client.frames.length = 0;
  client.send(`${D1} 00 01 02 00 00`);
  await vi.waitFor(() => expect(client.frames).toEqual([bytes(D1, "08 01")]));
  client.frames.length = 0;
  const update = "01 01 e9 db 9a 90 01 00 04 01 04 74 65 73 74 06 68 65 6c 6c 6f 20 00";
  client.send(`${D1} 00 02 17 ${update}`);
  await vi.waitFor(() => expect(client.frames).toEqual([bytes(D1, "00 02 17", update), bytes(D1, "08 01")]));
  client.frames.length = 0;
  client.send("09");
  await vi.waitFor(() => expect(client.frames).toEqual(["0a"]));
  client.frames.length = 0;
  client.send(`${D1} 01 01 00`);
  await vi.waitFor(() => expect(client.frames).toEqual([bytes(D1, "01 01 00")]));
});

test("bytes: replies repeat the client's whole address; a refused edit is said to be refused", async () => {
  await on.path.startWorker("w1");
  const client = await on.raw();
  const address = string("d1\0abc");
  client.send(`${address} 02 00 ${string("eve:readonly")}`);
  client.send(`${address} 00 02 02 00 00`);
  await vi.waitFor(() =>
    expect(client.frames).toEqual([bytes(address, "02 02", string("readonly")), bytes(address, "08 00")]),
  );
});

test("[H1] frames wait for the authentication, within a bound", async () => {
  await on.path.startWorker("w1");
  const patient = await on.raw();
  patient.send(`${D1} 00 00 01 00`);
  patient.send(authenticate("ana"));
  await vi.waitFor(() =>
    expect(patient.frames).toEqual([
      bytes(D1, "02 02", string("read-write")),
      bytes(D1, "00 00 01 00"),
      bytes(D1, "00 01 02 00 00"),
    ]),
  );
  const pushy = await on.raw();
  for (let n = 0; n <= LIMITS.unauthenticatedFrames; n++) pushy.send(`${D1} 00 00 01 00`);
  expect(await pushy.closed).toBe(CLOSE.tooFast);
  expect(patient.socket.readyState).toBe(WebSocket.OPEN);
});

test.each([
  ["no address", "05 61"],
  ["a truncated token", `${D1} 02 00 ff 01`],
  ["a sync message of no known kind", `${D1} 00 07 00`],
  ["an address that is too long", `${string("x".repeat(LIMITS.nameBytes + 1))} 03`],
])("[P9] %s closes the socket with 4400", async (_, hex) => {
  const client = await on.raw();
  client.send(hex);
  expect(await client.closed).toBe(CLOSE.protocolViolation);
});

test("[P9] [H5] a client that broadcasts by itself loses that document, one with too many documents its socket", async () => {
  await on.path.startWorker("w1");
  const loud = await on.raw();
  loud.send(authenticate("ana"));
  loud.send(`${D1} 06 ${string("all hear")}`);
  await vi.waitFor(() => expect(loud.frames.at(-1)).toBe(bytes(D1, "07", string("4400 a client may not broadcast"))));
  expect(on.path.consumers.size).toBe(0);
  for (let n = 0; n < LIMITS.documentsPerSocket; n++) loud.send(`${string(`x${n}`)} 03`);
  expect(await loud.closed).toBe(CLOSE.tooFast);
});

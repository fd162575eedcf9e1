import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import pino from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { createLog } from "#lib/log.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { ClientSocket } from "./client-socket.ts";
import { Consumer } from "./consumer.ts";
import { Corks } from "./corks.ts";
import { encodeWebSocketFrames } from "./outgoing.ts";

type Writev = (chunks: unknown[], callback: (error?: Error | null) => void) => void;

const lines: Record<string, unknown>[] = [];
const log = createLog("test", "debug", { write: (line) => void lines.push(JSON.parse(line)) });
const server = createServer();
const upgrades = new WebSocketServer({ noServer: true, maxPayload: LIMITS.frameBytes * 2 });
const sockets: ClientSocket[] = [];
const wires: Socket[] = [];
const corks = new Corks();
let next = 1;

beforeAll(async () => {
  server.on("upgrade", (request, wire, head) => {
    upgrades.handleUpgrade(request, wire, head, (webSocket) => {
      const socket = new ClientSocket(webSocket, wire, pino({ level: "silent" }), corks);
      wires.push(wire as Socket);
      const admission = {
        room: "prosemirror.d",
        channel: "yroom",
        documentId: null,
        member: { id: "u1", name: "Ana", color: 0 },
        sessionVersion: 1,
        options: { allowWrite: true, allowWriteAwareness: true, extended: false, framing: "y-websocket" as const },
      };
      const outlet = { send: () => {}, close: (code: number, why: string) => socket.close(code, why), buffered: 0 };
      const host = {
        server: "web-1",
        log,
        send: () => {},
        refusal: () => null,
        stateOf: () => null,
        relay: () => false,
        answer: () => null,
        onClosed: () => {},
      };
      const consumer = new Consumer(next++, outlet, admission, host);
      socket.listen({ onFrame: (frame) => consumer.receive(frame), onEnd: (closing) => consumer.end(closing) });
      sockets.push(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  upgrades.close();
  server.close();
});

async function connect() {
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await new Promise((resolve) => client.once("open", resolve));
  await vi.waitFor(() => expect(sockets.length).toBe(next - 1));
  return { client, connection: `web-1/${next - 1}`, socket: sockets.at(-1) };
}

/** The line about the end of a connection. */
async function endOf(connection: string) {
  const found = () => lines.filter((line) => line.connection === connection && line.msg !== "connected");
  await vi.waitFor(() => expect(found()).toHaveLength(1));
  return found()[0];
}

const who = { room: "prosemirror.d", user: "u1" };

test("[P9] a frame that is too large ends the connection, with a line that says whose and why", async () => {
  const { client, connection } = await connect();
  client.send(Buffer.alloc(LIMITS.frameBytes + 1));
  const reason = expect.stringContaining("at most");
  expect(await endOf(connection)).toMatchObject({ ...who, level: 30, code: CLOSE.tooLarge, reason });
});

test("a client that shows no sign of life is cut, with a line", async () => {
  const { connection, socket } = await connect();
  socket?.cut();
  expect(await endOf(connection)).toMatchObject({ ...who, level: 30, code: 1006, reason: "no sign of life" });
});

test("a client that leaves by itself is worth a line for debugging only", async () => {
  const { client, connection } = await connect();
  client.close();
  expect(await endOf(connection)).toMatchObject({ ...who, level: 20, msg: "disconnected" });
});

test.each<[string, (client: WebSocket) => void]>([
  ["text", (client) => client.send("x")],
  ["empty frames", (client) => client.send(Buffer.alloc(0))],
  ["pings", (client) => client.ping()],
])("[P9] [R9] %s take their turn like every frame", async (_, say) => {
  const { client, connection } = await connect();
  let closed = false;
  client.once("close", () => {
    closed = true;
  });
  let answered = "";
  client.on("pong", (data: Buffer) => {
    answered = data.toString();
  });
  // A few at a time: ws itself cuts a client with 60 pings that are not answered yet.
  for (let round = 1; !closed; round++) {
    for (let n = 0; n < 40; n++) say(client);
    client.ping(String(round));
    await vi.waitFor(() => expect(closed || answered === String(round)).toBe(true), { interval: 1 });
  }
  expect(await endOf(connection)).toMatchObject({ ...who, level: 30, code: CLOSE.tooFast });
});

test("what is written in one turn is one system call, in order, with the close behind it", async () => {
  const { client, socket } = await connect();
  const wire = wires.at(-1) as Socket & { _writev: Writev };
  const [write, writev] = [vi.spyOn(wire, "_write"), vi.spyOn(wire, "_writev")];
  const received: number[] = [];
  client.on("message", (data: Buffer) => received.push(data.length));
  const closed = new Promise<number>((resolve) => client.once("close", resolve));
  // On both sides of where a frame gets a longer header.
  const sizes = [1, 125, 126, 20_000, 65_535, 65_536, 3];
  for (const size of sizes) socket?.write(encodeWebSocketFrames([[new Uint8Array(size)]]));
  expect([write.mock.calls.length, writev.mock.calls.length]).toEqual([0, 0]);
  await vi.waitFor(() => expect(received).toEqual(sizes));
  expect([write.mock.calls.length, writev.mock.calls.length]).toEqual([0, 1]);
  socket?.write(encodeWebSocketFrames([[new Uint8Array(5)]]));
  socket?.close(CLOSE.restart, "");
  expect(await closed).toBe(CLOSE.restart);
  expect(received).toEqual([...sizes, 5]);
});

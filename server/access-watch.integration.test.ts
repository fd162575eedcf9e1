// Real sockets, a real database: what happens to somebody's connection when the account or the document changes.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import WebSocket from "ws";
import { MemoryChannelLayer } from "#lib/channel-layer/memory.ts";
import { CLOSE } from "#lib/protocol.ts";
import type { Database } from "#prisma/client.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";
import { startAccessWatch } from "./access-watch.ts";
import type { Access } from "./auth/access.ts";
import { Consumers } from "./consumers.ts";
import { createYWebsocketGate } from "./gates/y-websocket.ts";
import { attachWebSockets } from "./web-sockets.ts";

/** A rule of a fork; null: the one that is there. */
let rule: (() => Access) | null = null;
vi.mock("./auth/access.ts", async (original) => {
  const own = await original<typeof import("./auth/access.ts")>();
  const accessTo: typeof own.accessTo = (document, user) => {
    const judged = own.accessTo(document, user);
    return rule ? { ...judged, access: rule() } : judged;
  };
  return { ...own, accessTo };
});

const log = pino({ level: "silent" });
const ends: (() => unknown)[] = [];
let database: Database;
let address: string;
let documentId: string;

beforeAll(async () => {
  database = await openTestDatabase("pglite");
  const layer = new MemoryChannelLayer({ log });
  const consumers = new Consumers(log, () => {
    throw new Error("no requests here");
  });
  await consumers.start("s1", layer);
  const server = createServer();
  documentId = (await database.db.document.create({ data: { title: "Watched" } })).id;
  const gate = createYWebsocketGate({
    path: /^\/ws\/(?<userId>\w+)$/,
    admit: async (_request, _url, { userId = "" }) => ({
      room: `prosemirror.${documentId}`,
      channel: "yroom",
      documentId,
      member: { id: userId, name: "Somebody", color: 0 },
      sessionVersion: 1,
      access: "write",
      options: { allowWrite: true, allowWriteAwareness: true, extended: false, framing: "y-websocket" },
    }),
  });
  attachWebSockets({ server, consumers, gates: [gate], allowedOrigins: [], log });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`;
  const stopWatch = startAccessWatch(consumers, log);
  ends.push(
    () => database.close(),
    () => layer.close(),
    () => server.close(),
    () => consumers.stop(),
    stopWatch,
  );
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

afterEach(() => {
  rule = null;
});

async function addPerson(): Promise<string> {
  const email = `${Math.random()}@example.com`;
  const { id } = await database.db.user.create({
    data: { email, name: "Somebody", color: 0, passwordHash: "-", isStaff: true },
  });
  return id;
}

/** Resolves with the connection and the promise of its close code and of how long that took, in ms. */
async function connect(userId: string) {
  const socket = new WebSocket(`${address}/${userId}`);
  await new Promise((resolve) => socket.once("open", resolve));
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  return { socket, closed };
}

test.each([
  ["signed out everywhere", { sessionVersion: 2 }, CLOSE.signedOut],
  ["deactivated", { isActive: false }, CLOSE.noAccess],
  ["no longer staff", { isStaff: false }, CLOSE.noAccess],
])("[P8] %s: the socket is closed within two seconds, nobody else's is", async (_, change, code) => {
  const [ana, ben] = [await addPerson(), await addPerson()];
  const [anas, bens] = [await connect(ana), await connect(ben)];
  const since = performance.now();
  await database.db.user.update({ where: { id: ana }, data: change });
  expect(await anas.closed).toBe(code);
  expect(performance.now() - since).toBeLessThan(2_000);
  expect(bens.socket.readyState).toBe(WebSocket.OPEN);
});

test.each([
  ["none", CLOSE.noAccess],
  ["read", CLOSE.restart],
] as const)(
  "[P8] the rule for documents says %s from now on: the socket is closed within two seconds",
  async (access, code) => {
    const { closed } = await connect(await addPerson());
    const since = performance.now();
    rule = () => access;
    expect(await closed).toBe(code);
    expect(performance.now() - since).toBeLessThan(2_000);
  },
);

test("[P8] the document goes to the trash: everybody's socket is closed within two seconds", async () => {
  const { closed } = await connect(await addPerson());
  const since = performance.now();
  await database.db.document.update({ where: { id: documentId }, data: { trashedAt: new Date() } });
  expect(await closed).toBe(CLOSE.noDocument);
  expect(performance.now() - since).toBeLessThan(2_000);
});

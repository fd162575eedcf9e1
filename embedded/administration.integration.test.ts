// What an administrator sees and does when servers and workers are apart: two servers, two workers, a real Redis.
import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import pino from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { RedisChannelLayer } from "#lib/channel-layer/redis.ts";
import { encodeUpdate } from "#lib/frames.ts";
import { PARTITIONS, partitionOf } from "#lib/partition.ts";
import { startReports } from "#lib/process-report.ts";
import { CLOSE } from "#lib/protocol.ts";
import { Requests } from "#lib/requests.ts";
import { Administration } from "#server/administration.ts";
import type { Admission } from "#server/admission.ts";
import { Consumers } from "#server/consumers.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";
import { Worker } from "#worker/worker.ts";

const url = process.env.TEST_REDIS_URL;
if (!url)
  throw new Error("TEST_REDIS_URL is not set: run `npm test`, or give the address of a Redis that tests may fill.");

const log = pino({ level: "silent" });
let prefix: string;
let ends: (() => unknown)[];
let storage: ReturnType<typeof createMemoryStorage>;

beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  storage = createMemoryStorage();
  ends = [];
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  const redis = new Redis(url);
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
});

function createLayer(): RedisChannelLayer {
  const layer = new RedisChannelLayer({ url: url ?? "", log, prefix });
  ends.push(() => layer.close());
  return layer;
}

async function startWorker(id: string): Promise<Worker> {
  const worker = new Worker({ id, channel: "yroom", layer: createLayer(), storages: () => storage, log });
  await worker.start();
  ends.push(() => worker.stop());
  return worker;
}

async function startServer(id: string) {
  const layer = createLayer();
  const consumers: Consumers = new Consumers(
    log,
    () => requests,
    (report) => administration.hear(report),
  );
  const requests = new Requests((message, channel) => consumers.send(channel, message));
  const administration = new Administration({
    server: id,
    requests,
    silent: (channel) => consumers.owners.silent(channel),
    dump: async () => `/dumps/${id}`,
  });
  await consumers.start(id, layer);
  ends.push(
    () => consumers.stop(),
    () => requests.close(),
    startReports(() => consumers.report(), layer),
  );
  return { layer, consumers, administration };
}

/** Somebody opens a room; answers the connection with the code that it is closed with. */
function enter(consumers: Consumers, room: string, name: string) {
  const closed: number[] = [];
  const admission: Admission = {
    room,
    channel: "yroom",
    documentId: null,
    member: { id: `u-${name}`, name, color: 1 },
    sessionVersion: 1,
    options: { allowWrite: true, allowWriteAwareness: true, extended: true, framing: "y-websocket" },
  };
  const outlet = { send: () => {}, close: (code: number) => void closed.push(code), buffered: 0 };
  return { consumer: consumers.add(admission, outlet), closed };
}

function edit(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("t").insert(0, text);
  return encodeUpdate(Y.encodeStateAsUpdate(doc));
}

const ROOMS = ["prosemirror.a", "prosemirror.b", "prosemirror.c", "prosemirror.d", "prosemirror.e", "prosemirror.f"];

/** Two servers and two workers with half of the partitions each, and Ana through the first server in every room. */
async function city() {
  const [one, two] = [await startServer("web-1"), await startServer("web-2")];
  const workers = [await startWorker("w1"), await startWorker("w2")];
  const all = ({ administration }: typeof one) => administration.overview();
  await vi.waitFor(async () => {
    const { partitions } = await all(one);
    const owners = partitions.map((partition) => (partition.state === "owned" ? partition.worker : partition.state));
    expect(owners.filter((owner) => owner === "w1")).toHaveLength(PARTITIONS / 2);
    expect(owners.filter((owner) => owner === "w2")).toHaveLength(PARTITIONS / 2);
  }, 15_000);
  const anas = new Map(ROOMS.map((room) => [room, enter(one.consumers, room, "ana")]));
  await vi.waitFor(async () => expect((await all(two)).rooms.map(({ name }) => name).sort()).toEqual(ROOMS), 5_000);
  return { one, two, workers, anas };
}

test("every server sees the rooms of both workers, who is in them, and every process", async () => {
  const { one, two, anas } = await city();
  enter(two.consumers, "prosemirror.c", "ben");
  const ana = anas.get("prosemirror.c");
  ana?.consumer.receive(edit("not for administrators"));
  await vi.waitFor(async () => {
    for (const { administration } of [one, two]) {
      const { rooms, totalRooms } = await administration.overview();
      expect(totalRooms).toBe(ROOMS.length);
      // The fullest first.
      expect(rooms[0]).toMatchObject({
        name: "prosemirror.c",
        state: "live",
        channel: "yroom",
        partition: partitionOf("prosemirror.c"),
        worker: expect.stringMatching(/^w[12]$/),
        rows: 1,
        uncommitted: null,
        connections: [
          { id: "web-1/3", user: { id: "u-ana", name: "ana", color: 1 }, mayWrite: true },
          { id: "web-2/1", user: { id: "u-ben", name: "ben", color: 1 }, mayWrite: true },
        ],
      });
      expect(rooms[0]?.bytes).toBeGreaterThan(20);
    }
  }, 5_000);
  const overview = await two.administration.overview();
  expect(new Set(overview.rooms.map(({ worker }) => worker))).toEqual(new Set(["w1", "w2"]));
  expect(JSON.stringify(overview)).not.toContain("not for administrators");
  await vi.waitFor(async () => {
    const { processes } = await two.administration.overview();
    expect(processes.map(({ role, id, rooms, connections }) => [role, id, rooms, connections])).toEqual([
      ["server", "web-1", 6, 6],
      ["server", "web-2", 1, 1],
      ["worker", "w1", expect.any(Number), null],
      ["worker", "w2", expect.any(Number), null],
    ]);
    const owned = processes.flatMap(({ partitions }) => partitions ?? []);
    expect(owned.sort((a, b) => a - b)).toEqual(Array.from({ length: PARTITIONS }, (_, partition) => partition));
  }, 10_000);
});

test("a room is closed through any server: saved, its people start over, and it is read from the store again", async () => {
  const { two, anas } = await city();
  const load = vi.spyOn(storage, "load");
  anas.get("prosemirror.b")?.consumer.receive(edit("kept"));
  expect(await two.administration.closeRoom("prosemirror.b")).toBe("closed");
  await vi.waitFor(() => expect(anas.get("prosemirror.b")?.closed).toEqual([CLOSE.restart]));
  expect(load.mock.calls).toEqual([["prosemirror.b"]]);
  const doc = new Y.Doc();
  for (const update of (await storage.load("prosemirror.b"))?.updates ?? []) Y.applyUpdate(doc, update);
  expect(doc.getText("t").toString()).toBe("kept");
  for (const [room, { closed }] of anas) if (room !== "prosemirror.b") expect(closed).toEqual([]);
  expect(await two.administration.closeRoom("prosemirror.nobody")).toBe("not-found");
});

test("a room that cannot be saved is left as it is", async () => {
  const { one, anas } = await city();
  vi.spyOn(storage, "append").mockRejectedValue(new Error("away"));
  const ana = anas.get("prosemirror.b");
  ana?.consumer.receive(edit("only in the log"));
  await vi.waitFor(async () => {
    const { rooms } = await one.administration.overview();
    expect(rooms.find(({ name }) => name === "prosemirror.b")?.uncommitted).toBeGreaterThan(0);
  });
  expect(await one.administration.closeRoom("prosemirror.b")).toBe("not-saved");
  expect(ana?.closed).toEqual([]);
  vi.restoreAllMocks();
}, 20_000);

test("one connection is closed, on whichever server it is, and nobody else's", async () => {
  const { one, two, anas } = await city();
  const ben = enter(two.consumers, "prosemirror.c", "ben");
  await vi.waitFor(async () => expect(await one.administration.closeConnection("web-2/1")).toBe("closed"));
  await vi.waitFor(() => expect(ben.closed).toEqual([CLOSE.closedByAdmin]));
  for (const { closed } of anas.values()) expect(closed).toEqual([]);
  expect(await one.administration.closeConnection("web-2/99")).toBe("not-found");
});

test("partitions without a worker are named, and not asked: nothing is left in their logs", async () => {
  const { layer, administration } = await startServer("web-1");
  const { partitions, rooms } = await administration.overview();
  expect(partitions.map(({ state }) => state)).toEqual(Array(PARTITIONS).fill("no-owner"));
  expect(rooms).toEqual([]);
  expect(await administration.closeRoom("prosemirror.a")).toBe("no-owner");
  expect(await administration.closeConnection("web-1/1")).toBe("no-owner");
  expect(await layer.backlog("yroom")).toEqual(Array(PARTITIONS).fill(0));
});

test("the lag of a partition is how many entries of its log are not committed", async () => {
  const { one, anas } = await city();
  vi.spyOn(storage, "append").mockRejectedValue(new Error("away"));
  const room = "prosemirror.e";
  anas.get(room)?.consumer.receive(edit("waits"));
  await vi.waitFor(async () => expect((await one.layer.backlog("yroom"))[partitionOf(room)]).toBe(1));
  vi.restoreAllMocks();
  await vi.waitFor(async () => expect((await one.layer.backlog("yroom"))[partitionOf(room)]).toBe(0), 10_000);
});

test("workers of the server's own process are part of its dump", async () => {
  const { one } = await city();
  await vi.waitFor(async () => expect((await one.administration.overview()).processes).toHaveLength(4), 10_000);
  expect(await one.administration.dump()).toEqual([{ process: "web-1", path: "/dumps/web-1" }]);
});

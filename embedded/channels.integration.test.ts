// Two channels over a real Redis: room types choose by their prefix, each worker gets the rooms of its channel only, and
// one channel without a worker costs the other nothing.
import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import pino from "pino";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { RedisChannelLayer } from "#lib/channel-layer/redis.ts";
import { YroomDocument } from "#lib/document.ts";
import { PARTITIONS } from "#lib/partition.ts";
import { Requests } from "#lib/requests.ts";
import { roomTypeOf, setRoomTypes } from "#lib/room-types.ts";
import { setRuntime } from "#lib/runtime.ts";
import { Consumers } from "#server/consumers.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";
import type { Storage } from "#worker/storage/storage.ts";
import { Worker } from "#worker/worker.ts";

const url = process.env.TEST_REDIS_URL;
if (!url) throw new Error("TEST_REDIS_URL is not set: run `npm test`, which starts Redis.");

const log = pino({ level: "silent" });
const prefix = `test-${randomUUID()}`;
const ends: (() => unknown)[] = [];
let storages: Record<string, Storage>;
let consumers: Consumers;

beforeEach(async () => {
  setRoomTypes({ default: { removeRoomDelay: 0 }, notes: { channel: "notes" }, chat: { channel: "chat" } });
  storages = { yroom: createMemoryStorage(), notes: createMemoryStorage(), chat: createMemoryStorage() };
  const layer = newLayer();
  const requests = new Requests((message, channel) => consumers.send(channel, message), 1_500);
  consumers = new Consumers(log, () => requests);
  await consumers.start(`web-${randomUUID()}`, layer);
  ends.push(() => consumers.stop());
  setRuntime({ requests } as unknown as Parameters<typeof setRuntime>[0]);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  setRoomTypes({});
});
afterAll(async () => {
  const redis = new Redis(url);
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
});

function newLayer(): RedisChannelLayer {
  const layer = new RedisChannelLayer({ url: url as string, log, prefix });
  ends.push(() => layer.close());
  return layer;
}

/** A worker process that serves these channels. */
async function startWorkers(...channels: string[]): Promise<Worker[]> {
  const layer = newLayer();
  const workers = channels.map((channel) => {
    const storage = storages[channel] as Storage;
    return new Worker({ id: `${channel}-${randomUUID()}`, channel, layer, storages: () => storage, log });
  });
  await Promise.all(workers.map((worker) => worker.start()));
  for (const worker of workers) ends.push(() => worker.stop());
  return workers;
}

const write = (text: string) => (doc: Y.Doc) => doc.getText("t").insert(0, text);
const ready = () => vi.waitFor(() => expect(consumers.owners.whyNotReady()).toBeNull(), 10_000);

/** The stored text of a room in the storage of each channel. */
async function stored(room: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [channel, storage] of Object.entries(storages)) {
    const found = await storage.load(room);
    if (!found) continue;
    const doc = new Y.Doc();
    for (const update of [...(found.snapshot ? [found.snapshot] : []), ...found.updates]) Y.applyUpdate(doc, update);
    texts[channel] = doc.getText("t").toString();
  }
  return texts;
}

test("[R12] rooms go to the worker of their type's channel, and readiness counts every channel", async () => {
  await startWorkers("yroom");
  await startWorkers("notes");
  await vi.waitFor(
    () => expect(consumers.owners.whyNotReady()).toContain(`${PARTITIONS} of ${3 * PARTITIONS}`),
    10_000,
  );
  expect(consumers.owners.silent("chat")).toHaveLength(PARTITIONS);
  const chat = await startWorkers("chat");
  await ready();

  for (const type of ["notes", "chat", "prosemirror", "other"]) {
    // Enough rooms to meet many partitions.
    for (let i = 0; i < 8; i++) {
      const room = `${type}.${i}`;
      await new YroomDocument(room).transact(write(room));
      expect(await stored(room)).toEqual({ [roomTypeOf(room).channel]: room });
    }
  }

  await chat[0]?.stop();
  await vi.waitFor(() => expect(consumers.owners.silent("chat")).toHaveLength(PARTITIONS), 10_000);
  await expect(new YroomDocument("chat.1").transact(write("late "))).rejects.toMatchObject({ code: "timeout" });
  await new YroomDocument("notes.1").transact(write("still "));
  expect(await stored("notes.1")).toEqual({ notes: "still notes.1" });
  await startWorkers("chat");
  await ready();
  await new YroomDocument("chat.1").transact(write("late "));
  expect(await stored("chat.1")).toEqual({ chat: "late chat.1" });
});

test("[R8] a document is read, edited, replaced and deleted over Redis, open or not", async () => {
  await startWorkers("yroom", "notes", "chat");
  await ready();
  const document = new YroomDocument("notes.d");
  await expect(document.read()).rejects.toMatchObject({ code: "data-unavailable" });
  await document.transact(write("over the wire"));
  expect(await document.exportText("t")).toBe("over the wire");
  await document.replace(write("replaced"));
  expect(await document.exportText("t")).toBe("replaced");
  const large = "x".repeat(3_000_000);
  await document.transact((doc) => doc.getText("t").insert(0, large));
  expect((await document.exportText("t")).length).toBe(large.length + "replaced".length);
  await document.delete();
  expect(await stored("notes.d")).toEqual({});
  await expect(document.read()).rejects.toMatchObject({ code: "data-unavailable" });
});

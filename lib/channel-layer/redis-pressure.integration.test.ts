import pino from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LIMITS } from "#lib/protocol.ts";
import { RedisChannelLayer } from "./redis.ts";
import { receiveMessage } from "./test-messages.ts";
import { room, TestServer } from "./test-peers.ts";
import { TestRedis } from "./test-redis.ts";

let redis: TestRedis;
let layer: RedisChannelLayer;
beforeEach(async () => {
  redis = new TestRedis();
  await redis.start();
  layer = new RedisChannelLayer({ url: redis.url, log: pino({ level: "silent" }) });
});
afterEach(async () => {
  redis.resume();
  await layer.close();
  await redis.remove();
});

it("[P9] a Redis that does not take what is sent is felt at once, and its return as well", async () => {
  const server = await TestServer.start(layer, "s1");
  redis.pause();
  const megabytes = LIMITS.underWayBytes / 1024 / 1024;
  const payload = new Uint8Array(1024 * 1024);
  for (let sequence = 1; sequence <= megabytes; sequence++)
    server.link.send("test", receiveMessage(room, sequence, payload));
  expect(server.link.pressure("test", room)).toBeGreaterThan(1);
  await vi.waitFor(() => expect(server.link.pressure("test", "prosemirror.other")).toBeGreaterThan(1));
  redis.resume();
  await vi.waitFor(() => expect(server.link.pressure("test", "prosemirror.other")).toBe(0), 10_000);
  expect(server.lost).toEqual([]);
});

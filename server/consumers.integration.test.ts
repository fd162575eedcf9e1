import pino from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RedisChannelLayer } from "#lib/channel-layer/redis.ts";
import { TestWorker } from "#lib/channel-layer/test-peers.ts";
import { TestRedis } from "#lib/channel-layer/test-redis.ts";
import { PARTITIONS } from "#lib/partition.ts";
import { CLOSE } from "#lib/protocol.ts";
import { Consumers } from "./consumers.ts";
import { admissionTo, recordingOutlet } from "./test-consumer.ts";

const log = pino({ level: "silent" });
const patient = { timeout: 15_000 };

let redis: TestRedis;
let layers: RedisChannelLayer[];
let consumers: Consumers;

beforeEach(async () => {
  redis = new TestRedis();
  await redis.start();
  layers = [0, 1].map(() => new RedisChannelLayer({ url: redis.url, log }));
  consumers = new Consumers(log, () => {
    throw new Error("no requests here");
  });
  await consumers.start("s1", layers[0] as RedisChannelLayer);
});
afterEach(async () => {
  await consumers.stop();
  await Promise.all(layers.map((layer) => layer.close()));
  await redis.remove();
});

test("[P9] who left while Redis was away is made known when it is back, so that rooms end", async () => {
  const worker = await TestWorker.start(layers[1] as RedisChannelLayer, "w1", "yroom");
  for (let partition = 0; partition < PARTITIONS; partition++) worker.link.open(partition);
  const told = (type: string) =>
    worker.messages.flatMap((message) =>
      message.type === type && "connection" in message ? [message.connection] : [],
    );
  const outlets = ["a", "b"].map(() => recordingOutlet());
  const [ana, ben] = outlets.map((outlet, index) => consumers.add(admissionTo(`prosemirror.r${index}`, "ana"), outlet));
  await vi.waitFor(() => expect(told("connect")).toEqual([ana?.id, ben?.id]), patient);
  await redis.kill();
  // Ana leaves by herself, and Ben is closed because what he said is lost.
  ana?.end();
  ben?.receive(Uint8Array.of(0));
  await vi.waitFor(() => expect(outlets[1]?.closed?.code).toBe(CLOSE.restart), patient);
  await redis.start();
  await vi.waitFor(() => expect(told("disconnect").toSorted()).toEqual([ana?.id, ben?.id]), patient);
});

import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import pino from "pino";
import { afterAll, beforeAll } from "vitest";
import { describeChannelLayer } from "./contract.ts";
import { RedisChannelLayer } from "./redis.ts";

const url = process.env.TEST_REDIS_URL;
if (!url)
  throw new Error("TEST_REDIS_URL is not set: run `npm test`, or give the address of a Redis that tests may fill.");

const prefix = `test-${randomUUID()}`;
let redis: Redis;
beforeAll(() => {
  redis = new Redis(url);
});
afterAll(async () => {
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
});

let runs = 0;
describeChannelLayer("Redis", async () => {
  const errors: string[] = [];
  const log = pino({ level: "error" }, { write: (line) => void errors.push(line) });
  const run = { url, log, prefix: `${prefix}-${++runs}`, leaseTtl: 600, serverTtl: 800 };
  const layers: RedisChannelLayer[] = [];
  return {
    layer: () => {
      const layer = new RedisChannelLayer(run);
      layers.push(layer);
      return layer;
    },
    elapse: () => {},
    leaseTtl: run.leaseTtl,
    serverTtl: run.serverTtl,
    errors,
    close: async () => {
      await Promise.all(layers.map((layer) => layer.close()));
    },
  };
});

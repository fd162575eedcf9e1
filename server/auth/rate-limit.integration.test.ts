import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterEach, expect, test, vi } from "vitest";
import { LoginLimits } from "#server/auth/rate-limit.ts";

const url = process.env.TEST_REDIS_URL;
if (!url) throw new Error("TEST_REDIS_URL is not set: run the tests with `npm test`, which starts Redis.");
const clients: Redis[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

/** The limits of one server. */
async function createServer(): Promise<{ redis: Redis; limits: LoginLimits }> {
  const redis = new Redis(url as string, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  redis.on("error", () => {});
  clients.push(redis);
  await vi.waitFor(() => expect(redis.status).toBe("ready"));
  return { redis, limits: new LoginLimits(redis, async () => {}) };
}

test("servers count together", async () => {
  const [one, two] = [await createServer(), await createServer()];
  const email = `${randomUUID()}@example.com`;
  const answers: number[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    answers.push(await one.limits.begin(email, randomUUID()), await two.limits.begin(email, "203.0.113.1"));
  }
  expect(answers).toEqual(Array(10).fill(0));
  for (let attempt = 0; attempt < 5; attempt++) await one.limits.begin(email, "203.0.113.1");
  const wait = await two.limits.begin(email, "203.0.113.1");
  expect(wait).toBeGreaterThan(800);
  expect(wait).toBeLessThanOrEqual(900);
  await one.limits.succeed(email, "203.0.113.1");
  expect(await two.limits.begin(email, "203.0.113.1")).toBe(0);
});

test("nobody's e-mail address is a key", async () => {
  const { redis, limits } = await createServer();
  const email = `${randomUUID()}@example.com`;
  await limits.begin(email, "203.0.113.2");
  const keys = await redis.keys("*yroom:login:*");
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => key.includes(email))).toEqual([]);
});

test("without Redis a server counts by itself", async () => {
  const { redis, limits } = await createServer();
  redis.disconnect();
  const email = `${randomUUID()}@example.com`;
  const answers: number[] = [];
  for (let attempt = 0; attempt < 12; attempt++) answers.push(await limits.begin(email, "203.0.113.3"));
  expect(answers.filter((wait) => wait === 0)).toHaveLength(10);
});

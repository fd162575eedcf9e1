import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseEnv } from "./env.ts";
import { answerMetrics, listenForMetrics, type MetricsSession } from "./metrics-http.ts";

const log = pino({ level: "silent" });
const token = "a-token-of-more-than-16-characters";
let session: MetricsSession = "none";
let asked = 0;
const gate = {
  token: token as string | undefined,
  session: async () => {
    asked++;
    return session;
  },
  log,
};
const server = createServer((request, response) => void answerMetrics(request, response, gate));
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
});
afterAll(() => {
  server.close();
});

async function ask(headers: Record<string, string> = {}, method = "GET"): Promise<number> {
  const response = await fetch(url, { method, headers });
  expect(response.headers.get("cache-control")).toBe("no-store");
  const text = await response.text();
  if (!response.ok) expect(text).not.toContain("build_info");
  return response.status;
}

test.each([
  ["nothing", {}],
  ["a wrong token", { authorization: "Bearer another-token-of-16-characters" }],
  ["the beginning of the token", { authorization: `Bearer ${token.slice(0, 16)}` }],
  ["no token", { authorization: "Bearer " }],
  ["another scheme", { authorization: `Basic ${token}` }],
])("%s is refused with 401", async (_, headers) => {
  session = "none";
  expect(await ask(headers)).toBe(401);
});

test("a session of somebody who is no admin is refused with 403, an admin's is enough", async () => {
  session = "other";
  expect(await ask()).toBe(403);
  session = "admin";
  expect(await ask()).toBe(200);
});

test("the token is enough, and then nobody's session is asked for", async () => {
  session = "none";
  asked = 0;
  expect(await ask({ authorization: `Bearer ${token}` })).toBe(200);
  expect(await ask({ authorization: `bearer ${token}` }, "HEAD")).toBe(200);
  expect(asked).toBe(0);
});

test("without a METRICS_TOKEN no bearer is one, not even an empty or undefined one", async () => {
  gate.token = undefined;
  for (const bearer of ["undefined", "null", "", token]) {
    expect(await ask({ authorization: `Bearer ${bearer}` })).toBe(401);
  }
  gate.token = token;
});

test("other methods are refused", async () => expect(await ask({}, "POST")).toBe(405));

test("a session that cannot be checked is a 500, not an open door", async () => {
  const before = gate.session;
  gate.session = () => Promise.reject(new Error("the database is away"));
  expect(await ask()).toBe(500);
  gate.session = before;
});

test("METRICS_PORT opens a listener for the token alone, and needs one", async () => {
  expect(parseEnv({ METRICS_PORT: "0" })).toEqual({ problems: ["METRICS_PORT: needs METRICS_TOKEN"] });
  expect(parseEnv({ METRICS_TOKEN: "short" })).toEqual({ problems: [expect.stringContaining("METRICS_TOKEN: ")] });
  const parsed = parseEnv({ METRICS_PORT: "0", METRICS_TOKEN: token });
  if (!("env" in parsed)) throw new Error(parsed.problems.join());
  const { port, close } = await listenForMetrics(parsed.env, log);
  const status = async (path: string, headers = {}) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).status;
  expect(await status("/metrics")).toBe(401);
  expect(await status("/metrics", { authorization: `Bearer ${token}` })).toBe(200);
  expect(await status("/")).toBe(404);
  close();
  const none = parseEnv({});
  if (!("env" in none)) throw new Error(none.problems.join());
  expect((await listenForMetrics(none.env, log)).port).toBeNull();
});

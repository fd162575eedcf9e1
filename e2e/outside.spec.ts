// A server and a worker of their own, seen from outside: their metrics, their dumps, one connection in both logs, and
// what a server says while it starts.
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { PARTITIONS, partitionOf } from "#lib/partition.ts";
import { CLOSE } from "#lib/protocol.ts";
import { type Stack, startStack } from "./faults/stack.ts";
import { cookieHeader, logIn, PASSWORD, people } from "./people.ts";
import { freePort, type Running, startProcess } from "./processes.ts";
import { closeCode, connectRaw } from "./raw-client.ts";

const TOKEN = "outside-token-of-the-test";
const WRITTEN = "Something that only its readers should know";
let stack: Stack;
let dataDir: string;

test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "yroom-outside-"));
  stack = await startStack({ METRICS_TOKEN: TOKEN, METRICS_PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "debug" });
});
test.afterAll(async () => {
  await stack?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** The lines of a process's log. */
function lines(process: Running): Record<string, unknown>[] {
  return process
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{") && line.endsWith("}"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function metricsOf(process: Running, token = TOKEN): Promise<{ status: number; text: string }> {
  const port = lines(process).find(({ msg }) => msg === "metrics")?.port;
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, text: await response.text() };
}

/** The value of a sample, 0 if it is not there. */
function sample(text: string, name: string): number {
  return samples(text, name).get("") ?? 0;
}

/** The values of everything that begins so, by what follows: the labels, or nothing. */
function samples(text: string, name: string): Map<string, number> {
  const found = text.split("\n").filter((line) => line.startsWith(name));
  return new Map(
    found.map((line) => {
      const end = line.lastIndexOf(" ");
      return [line.slice(name.length, end), Number(line.slice(end))];
    }),
  );
}

const sumOf = (values: Map<string, number>) => [...values.values()].reduce((sum, value) => sum + value, 0);

async function newDocument(cookies: Map<string, string>): Promise<string> {
  const response = await fetch(`${stack.url}/api/documents`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: cookieHeader(cookies) },
    body: JSON.stringify({ title: "A title that is nobody's business" }),
  });
  return ((await response.json()) as { id: string }).id;
}

/** The dump that the process wrote last, and the access rights of its file. */
async function dumpOf(process: Running): Promise<{ text: string; mode: number }> {
  const written = () => lines(process).filter(({ msg }) => msg === "diagnostic dump written");
  const before = written().length;
  globalThis.process.kill(process.pid, "SIGUSR2");
  await expect.poll(() => written().length).toBeGreaterThan(before);
  const path = String(written().at(-1)?.path);
  expect(path.startsWith(join(dataDir, "diagnostics"))).toBe(true);
  return { text: await readFile(path, "utf8"), mode: (await stat(path)).mode & 0o777 };
}

test("server and worker count what goes through them, for whoever has the token", async () => {
  const cookies = await logIn(stack.url, "ana");
  const client = connectRaw(stack.url, await newDocument(cookies), cookies);
  await client.synced();
  client.write(WRITTEN);
  await expect.poll(async () => sample((await metricsOf(stack.worker)).text, "yroom_commit_seconds_count")).toBe(1);
  const [server, worker] = [await metricsOf(stack.server), await metricsOf(stack.worker)];
  expect(sample(server.text, "yroom_connections")).toBe(1);
  expect(sample(server.text, 'yroom_frames_total{direction="in"}')).toBeGreaterThan(1);
  expect(sample(server.text, "yroom_partitions_without_owner")).toBe(0);
  expect(sample(worker.text, "yroom_partitions_owned")).toBe(16);
  expect(sample(worker.text, 'yroom_rooms{state="live"}')).toBe(1);
  // What one end sent is what the other received.
  const connects = (direction: string) => `yroom_messages_total{direction="${direction}",type="connect"}`;
  expect(sample(worker.text, connects("received"))).toBe(sample(server.text, connects("sent")));
  // Each message came with one read or another, and each read was applied; of all that, one room was committed, once.
  const received = sumOf(samples(worker.text, 'yroom_messages_total{direction="received",type="'));
  expect(sample(worker.text, "yroom_read_messages_sum")).toBe(received);
  expect(sample(worker.text, "yroom_read_messages_count")).toBeGreaterThan(0);
  expect(sample(worker.text, "yroom_apply_seconds_count")).toBe(sample(worker.text, "yroom_read_messages_count"));
  expect(sample(worker.text, "yroom_apply_seconds_sum")).toBeGreaterThan(0);
  expect(sample(worker.text, "yroom_commit_rooms_count")).toBe(1);
  expect(sample(worker.text, "yroom_commit_rooms_sum")).toBe(1);
  // All partitions were taken and stayed here, and nothing went wrong.
  expect(samples(worker.text, "yroom_lease_changes_total")).toEqual(new Map([['{change="taken"}', PARTITIONS]]));
  expect(samples(worker.text, "yroom_commit_failures_total")).toEqual(new Map([["", 0]]));
  for (const [{ text }, counter] of [
    [server, "yroom_restarts_total"],
    [worker, "yroom_violations_total"],
  ] as const) {
    expect(text).toContain(`# TYPE ${counter} counter`);
    expect([...samples(text, counter)]).toEqual([]);
  }
  await expect
    .poll(async () => sample((await metricsOf(stack.server)).text, "yroom_delivery_seconds_count"))
    .toBeGreaterThan(0);
  // A server shows no metrics of a worker: they would look like a worker without partitions.
  expect(server.text).not.toContain("yroom_partitions_owned");
  expect((await metricsOf(stack.worker, "another-token-of-that-size")).status).toBe(401);
  const onServer = await fetch(`${stack.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(onServer.status).toBe(200);
  expect((await fetch(`${stack.url}/metrics`)).status).toBe(401);
  client.close();
  await expect.poll(async () => sample((await metricsOf(stack.server)).text, "yroom_connections")).toBe(0);
  expect((await metricsOf(stack.server)).text).toMatch(/yroom_socket_closes_total\{code="\d+"\} 1/);
});

test("the metrics show what waits in the log while a worker stands still, and who broke the protocol", async () => {
  const cookies = await logIn(stack.url, "ana");
  const id = await newDocument(cookies);
  const client = connectRaw(stack.url, id, cookies);
  await client.synced();
  const entries = async () => samples((await metricsOf(stack.server)).text, "yroom_log_entries");
  const ofPartition = (partition: number) => `{channel="yroom",partition="${partition}"}`;
  const empty = new Map(Array.from({ length: PARTITIONS }, (_, partition) => [ofPartition(partition), 0]));
  // A probe may be on its way through one of them.
  await expect.poll(entries).toEqual(empty);
  globalThis.process.kill(stack.worker.pid, "SIGSTOP");
  try {
    client.write(WRITTEN);
    const own = async () => (await entries()).get(ofPartition(partitionOf(`prosemirror.${id}`)));
    await expect.poll(own, { intervals: [20] }).toBeGreaterThan(0);
  } finally {
    globalThis.process.kill(stack.worker.pid, "SIGCONT");
  }
  await expect.poll(entries).toEqual(empty);
  const held = async () => samples((await metricsOf(stack.worker)).text, "yroom_held_bytes");
  await expect.poll(held).toEqual(new Map([["", 0]]));

  const violations = async () => samples((await metricsOf(stack.worker)).text, "yroom_violations_total");
  const malformed = Buffer.from([0, 9]);
  const headers = { cookie: cookieHeader(cookies), origin: stack.url };
  const address = `${stack.url}/ws/prosemirror/${id}`;
  expect(await closeCode(address, headers, { send: malformed })).toBe(CLOSE.protocolViolation);
  expect(await violations()).toEqual(new Map([[`{code="${CLOSE.protocolViolation}"}`, 1]]));
  client.close();
});

test("a dump on SIGUSR2 shows the rooms and connections, only to its user, and nothing that people wrote", async () => {
  const cookies = await logIn(stack.url, "ana");
  const id = await newDocument(cookies);
  const client = connectRaw(stack.url, id, cookies);
  await client.synced();
  client.write(WRITTEN);
  const dumps = [];
  await expect.poll(async () => (await dumpOf(stack.worker)).text).toContain(`prosemirror.${id}`);
  for (const process of [stack.server, stack.worker]) {
    const { text, mode } = await dumpOf(process);
    expect(mode).toBe(0o600);
    const dump = JSON.parse(text);
    expect(dump).toMatchObject({
      process: { pid: process.pid, version: expect.any(String) },
      eventLoopDelayMs: { p99: expect.any(Number) },
      memoryBytes: { rss: expect.any(Number) },
      latestWarnings: expect.any(Array),
    });
    expect(text).toContain(`prosemirror.${id}`);
    const secrets = [
      WRITTEN,
      "nobody's business",
      PASSWORD,
      TOKEN,
      "Ana",
      ...Object.values(people),
      ...cookies.values(),
    ];
    for (const secret of secrets) expect(text.includes(secret), secret).toBe(false);
    dumps.push(dump);
  }
  const [server, worker] = dumps;
  const connection = server.server.connections[0];
  expect(connection).toEqual({
    room: `prosemirror.${id}`,
    connection: expect.stringMatching(/^web-\w+\/\d+$/),
    user: expect.any(String),
    buffered: 0,
  });
  const rooms = worker.workers[0].partitions.flatMap(({ rooms }: { rooms: { name: string }[] }) => rooms);
  expect(rooms.find(({ name }: { name: string }) => name === `prosemirror.${id}`)).toMatchObject({
    state: "live",
    people: 1,
    connections: [{ id: connection.connection, user: connection.user }],
  });
  client.close();
});

test("an admin's dump is one of the server and one of every worker", async () => {
  const cookies = await logIn(stack.url, "admin");
  const dump = async () => {
    const response = await fetch(`${stack.url}/api/admin/dump`, {
      method: "POST",
      headers: { cookie: cookieHeader(cookies) },
    });
    return ((await response.json()) as { dumps: { process: string; path?: string }[] }).dumps;
  };
  await expect.poll(async () => (await dump()).map(({ process }) => process.split("-")[0])).toEqual(["web", "yroom"]);
  for (const { path } of await dump()) expect((await stat(path ?? "")).mode & 0o777).toBe(0o600);
});

test("one grep follows a connection through both logs, and neither has content or cookies", async () => {
  const cookies = await logIn(stack.url, "ben");
  const id = await newDocument(cookies);
  // A sync message of a kind that does not exist, and text in it.
  const code = await closeCode(
    `${stack.url}/ws/prosemirror/${id}`,
    { cookie: cookieHeader(cookies), origin: stack.url },
    { send: Buffer.concat([Buffer.from([0, 9]), Buffer.from(WRITTEN)]) },
  );
  expect(code).toBe(4400);
  const about = (process: Running, msg: string) =>
    lines(process).find((line) => line.msg === msg && line.room === `prosemirror.${id}`);
  await expect.poll(() => about(stack.worker, "protocol violation")).toBeTruthy();
  await expect.poll(() => about(stack.server, "closing a connection")).toBeTruthy();
  const [inWorker, inServer] = [about(stack.worker, "protocol violation"), about(stack.server, "closing a connection")];
  for (const field of ["room", "connection", "user", "code"]) expect(inWorker?.[field]).toEqual(inServer?.[field]);
  expect(inServer?.connection).toMatch(/^web-\w+\/\d+$/);
  for (const { output } of [stack.server, stack.worker]) {
    for (const secret of [WRITTEN, PASSWORD, TOKEN, ...cookies.values()]) expect(output().includes(secret)).toBe(false);
  }
});

test("a server that cannot reach Redis yet tells WebSockets to come back, not that there is nothing", async () => {
  const waiting = new Set<Socket>();
  const silent = createServer((socket) => waiting.add(socket.on("error", () => {})));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const port = await freePort();
  const server = startProcess("server", {
    PORT: String(port),
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
    REDIS_URL: `redis://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
  });
  try {
    const health = () => fetch(`http://localhost:${port}/api/health`).then(({ status }) => status, String);
    await expect.poll(health, { timeout: 30_000 }).toBe(200);
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) =>
      request(`http://localhost:${port}/ws/prosemirror/any`, { headers }, resolve).on("error", reject).end(),
    );
    answer.resume();
    expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "1"]);
  } finally {
    await server.kill();
    for (const socket of waiting) socket.destroy();
    silent.close();
  }
});

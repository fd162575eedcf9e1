// Server and worker die by SIGKILL at random moments while people write. Every client is closed at the kill, so
// nobody can send anything again: what one client had received of another must come back from Redis and Postgres.
import { expect, test } from "@playwright/test";
import { cookieHeader, logIn, type Person } from "../people.ts";
import { connectRaw, type RawClient, textOf } from "../raw-client.ts";
import { createRandom, pause, rounds, seed } from "./random.ts";
import { type Stack, startStack } from "./stack.ts";

const ROUNDS = 6 * rounds;
const VICTIMS = ["worker", "server", "both"] as const;
const WRITERS: Person[] = ["ana", "ben", "admin", "ana"];

let stack: Stack;
const cookies = new Map<Person, Map<string, string>>();
test.beforeAll(async () => {
  test.setTimeout(120_000);
  stack = await startStack();
  for (const who of WRITERS) cookies.set(who, await logIn(stack.url, who));
});
test.afterAll(() => stack?.stop());

const cookiesOf = (who: Person) => cookies.get(who) ?? new Map();

async function newDocument(title: string): Promise<string> {
  const headers = {
    "content-type": "application/json",
    origin: stack.url,
    cookie: cookieHeader(cookiesOf("ana")),
  };
  const body = JSON.stringify({ title });
  const response = await fetch(`${stack.url}/api/documents`, { method: "POST", headers, body });
  expect(response.status, await response.clone().text()).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

const wordsOf = (text: string): Set<string> => new Set(text.split(/\s+/).filter((word) => word !== ""));

/** Writes words named after the client, a few a second to many a second, until told to stop. */
async function keepWriting(client: RawClient, name: string, random: () => number, signal: AbortSignal): Promise<void> {
  for (let n = 0; !signal.aborted; n++) {
    client.write(`${name}.${n} `);
    await pause(random() * 25);
  }
}

test(`after ${ROUNDS} kills a fresh client finds every edit that another client had received`, async ({
  request: _,
}) => {
  test.setTimeout(30_000 * ROUNDS);
  console.log(`FAULT_SEED=${seed}`);
  const random = createRandom(seed);
  const id = await newDocument("Faults");

  const mustExist = new Set<string>();
  const kills = { worker: 0, server: 0, both: 0 };
  let lost = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const victim = VICTIMS[round % VICTIMS.length] ?? "both";
    const clients = WRITERS.map((who) => connectRaw(stack.url, id, cookiesOf(who)));
    await Promise.all(clients.map((client) => client.synced()));
    const stopWriting = new AbortController();
    const names = clients.map((_, index) => `r${round}c${index}`);
    const writing = clients.map((client, index) => keepWriting(client, names[index] ?? "", random, stopWriting.signal));
    await pause(200 + random() * 1_300);

    const gone: Promise<void>[] = [];
    if (victim !== "server") gone.push(stack.worker.kill());
    if (victim !== "worker") gone.push(stack.server.kill());
    let received = 0;
    clients.forEach((client, index) => {
      for (const word of wordsOf(client.text())) {
        if (!word.startsWith(`r${round}c`) || word.startsWith(`${names[index]}.`)) continue;
        if (!mustExist.has(word)) received++;
        mustExist.add(word);
      }
    });
    stopWriting.abort();
    for (const client of clients) client.close();
    await Promise.all([...gone, ...writing]);
    kills[victim]++;

    const before = Date.now();
    await stack.restart();
    const fresh = connectRaw(stack.url, id, cookiesOf("ben"));
    await fresh.synced(30_000);
    const found = wordsOf(fresh.text());
    fresh.close();
    const missing = [...mustExist].filter((word) => !found.has(word));
    lost += missing.length;
    console.log(
      `kill ${round + 1} (${victim}): ${received} edits received by others before it, ${missing.length} missing after it, ` +
        `back in ${Date.now() - before} ms`,
    );
    expect(received, "somebody had received something").toBeGreaterThan(0);
    expect(missing, `FAULT_SEED=${seed}`).toEqual([]);
  }
  console.log(
    `${kills.worker} kills of the worker, ${kills.server} of the server, ${kills.both} of both; ` +
      `${mustExist.size} received edits, ${lost} lost`,
  );
});

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  test(`[P3] ${signal} saves what people type at that moment and exits with 0, worker and server`, async ({
    request: _,
  }) => {
    await stack.restart();
    const id = await newDocument(signal);
    const [ana, ben] = [connectRaw(stack.url, id, cookiesOf("ana")), connectRaw(stack.url, id, cookiesOf("ben"))];
    await Promise.all([ana.synced(), ben.synced()]);
    const stopWriting = new AbortController();
    const writing = keepWriting(ana, signal, Math.random, stopWriting.signal);
    await expect.poll(() => wordsOf(ben.text()).size).toBeGreaterThan(20);
    const codes = Promise.all([stack.server.stop(signal), stack.worker.stop(signal)]);
    const seen = wordsOf(ben.text());
    expect(await codes).toEqual([0, 0]);
    stopWriting.abort();
    await writing;
    const stored = wordsOf(textOf(await stack.stored(id)));
    const missing = [...seen].filter((word) => !stored.has(word));
    console.log(
      `${signal}: ${seen.size} edits seen before it, ${missing.length} not in the database when both had ended`,
    );
    expect(missing).toEqual([]);
    for (const client of [ana, ben]) client.close();
  });
}

// Clients that mean harm, against a real server and a real worker: each costs its own connection, with a close code and a
// line in a log, while two people in another document of the same worker go on writing.
import { expect, test } from "@playwright/test";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import * as Y from "yjs";
import { encodeAwareness, encodeStep1, encodeUpdate } from "#lib/frames.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import { cookieHeader, logIn } from "../people.ts";
import { connectRaw, type RawClient } from "../raw-client.ts";
import { type Stack, startStack } from "./stack.ts";

let stack: Stack;
let cookies: Map<string, string>;
let target: string;
let bystanders: Bystanders;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  stack = await startStack();
  cookies = await logIn(stack.url, "ana");
  target = await newDocument("Under attack");
  bystanders = await watch(await newDocument("Next door"));
});
test.afterAll(async () => {
  console.log(`next door: ${bystanders.stop()}`);
  await stack?.stop();
});

async function newDocument(title: string): Promise<string> {
  const response = await fetch(`${stack.url}/api/documents`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: stack.url, cookie: cookieHeader(cookies) },
    body: JSON.stringify({ title }),
  });
  return ((await response.json()) as { id: string }).id;
}

interface Bystanders {
  /** ms of the slowest edit since the last call, from one to the other; waits for the ones under way. */
  slowest(): Promise<number>;
  stop(): string;
}

/** Two people who write ten times a second. */
async function watch(documentId: string): Promise<Bystanders> {
  const [ana, ben] = [connectRaw(stack.url, documentId, cookies), connectRaw(stack.url, documentId, cookies)];
  await Promise.all([ana.synced(), ben.synced()]);
  const underWay = new Map<string, number>();
  let [slowest, edits, most] = [0, 0, 0];
  ben.doc.on("update", () => {
    const text = ben.text();
    for (const [word, at] of underWay) {
      if (!text.includes(word)) continue;
      underWay.delete(word);
      slowest = Math.max(slowest, performance.now() - at);
      most = Math.max(most, slowest);
    }
  });
  const timer = setInterval(() => {
    const word = `w${++edits} `;
    underWay.set(word, performance.now());
    ana.write(word);
  }, 100);
  return {
    slowest: async () => {
      await expect.poll(() => Math.min(...underWay.values(), performance.now()) > performance.now() - 1_000).toBe(true);
      const ms = slowest;
      slowest = 0;
      return ms;
    },
    stop: () => {
      clearInterval(timer);
      ana.close();
      ben.close();
      return `${edits} edits, the slowest took ${Math.round(most)} ms`;
    },
  };
}

/** A bare socket to a document, with what it was sent and the code it was closed with. */
async function attack(params = "", documentId = target) {
  const socket = new WebSocket(`${stack.url.replace(/^http/, "ws")}/ws/prosemirror/${documentId}${params}`, {
    headers: { cookie: cookieHeader(cookies), origin: stack.url },
  });
  let code: number | null = null;
  socket.on("close", (closed) => {
    code = closed;
  });
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("open", resolve));
  return {
    socket,
    send: (...frames: Uint8Array[]) => {
      for (const frame of frames) if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    },
    code: () => code,
    end: () => socket.terminate(),
  };
}

/** Closed with this code, somebody wrote a line about it, and next door nobody noticed. */
async function costs(code: number, client: Awaited<ReturnType<typeof attack>>, name: string): Promise<void> {
  await expect.poll(() => client.code(), { message: name, timeout: 20_000 }).toBe(code);
  const logged = () => `${stack.server.output()}${stack.worker.output()}`.includes(`"code":${code}`);
  await expect.poll(logged, { message: `a log line with ${code}` }).toBe(true);
  const slowest = await bystanders.slowest();
  console.log(`${name}: closed with ${code}; next door the slowest edit took ${Math.round(slowest)} ms`);
  expect(slowest, "next door").toBeLessThan(1_000);
}

const bytes = (...numbers: number[]) => Uint8Array.from(numbers);
const varints = (...numbers: number[]) =>
  encoding.encode((encoder) => {
    for (const number of numbers) encoding.writeVarUint(encoder, number);
  });

const malformed: [string, Uint8Array][] = [
  ["a sync message that ends after its type", bytes(0)],
  ["a sync message of no known kind", bytes(0, 7, 0)],
  ["a step 1 that is cut off", bytes(0, 0, 200, 1)],
  ["a state vector that is cut off", encodeStep1(varints(3, 1))],
  ["a step 2 that is cut off", bytes(0, 1, 100)],
  ["an update that is cut off", bytes(0, 2, 255, 255, 3)],
  ["an update of noise", encodeUpdate(bytes(1, 2, 3, 4, 5, 6, 7, 8, 9))],
  ["awareness that is cut off", bytes(1, 50, 1)],
  ["awareness that is no JSON", encodeAwareness(bytes(1, 5, 1, 3, 97, 98, 99))],
  ["awareness that is no object", encodeAwareness(bytes(1, 5, 1, 1, 55))],
  ["a number that never ends", new Uint8Array(100).fill(255)],
];

test("[P5] [P9] malformed and truncated frames of every type cost their own connection", async ({ request: _ }) => {
  for (const [name, frame] of malformed) {
    const client = await attack();
    client.send(frame);
    await costs(CLOSE.protocolViolation, client, name);
  }
});

test("[P6] an update behind a step 1, in the frame of a reader, is not written", async ({ request: _ }) => {
  const doc = new Y.Doc();
  doc.getText("hidden").insert(0, "vandalism");
  const reader = await attack("?readonly=1");
  reader.send(Buffer.concat([encodeStep1(bytes(0)), encodeUpdate(Y.encodeStateAsUpdate(doc))]));
  const writer = connectRaw(stack.url, target, cookies);
  await writer.synced();
  writer.write("prose ");
  const fresh = connectRaw(stack.url, target, cookies);
  await expect.poll(() => fresh.text()).toContain("prose");
  expect(fresh.doc.getText("hidden").toString()).toBe("");
  for (const client of [writer, fresh]) client.close();
  reader.end();
});

test("[P7] nobody can speak as another client or under another name", async ({ request: _ }) => {
  const ben = await logIn(stack.url, "ben");
  const [victim, other] = [connectRaw(stack.url, target, ben), connectRaw(stack.url, target, ben)];
  await Promise.all([victim.synced(), other.synced()]);
  victim.provider.awareness.setLocalStateField("cursor", 1);
  const seen = () =>
    other.provider.awareness.getStates().get(victim.doc.clientID) as Record<string, unknown> | undefined;
  await expect.poll(() => seen()?.cursor).toBe(1);
  const forger = await attack();
  const state = (client: number, clock: number, json: string) =>
    encodeAwareness(
      encoding.encode((encoder) => {
        for (const number of [1, client, clock]) encoding.writeVarUint(encoder, number);
        encoding.writeVarString(encoder, json);
      }),
    );
  forger.send(
    state(victim.doc.clientID, 1_000, '{"cursor":666,"user":{"name":"Ben"}}'),
    state(victim.doc.clientID, 2_000, "null"),
  );
  forger.send(state(4711, 1, '{"user":{"name":"The Director","id":"root"}}'));
  const forged = () => other.provider.awareness.getStates().get(4711) as { user?: { name?: string } } | undefined;
  await expect.poll(() => forged()?.user?.name).toMatch(/^Ana/);
  expect(seen()?.cursor).toBe(1);
  for (const client of [victim, other]) client.close();
  forger.end();
});

test("[P5] [P9] frames and updates that are too large, too many or too deep", async ({ request: _ }) => {
  test.setTimeout(180_000);
  const huge = await attack();
  huge.send(new Uint8Array(100 * 1024 * 1024));
  await costs(1009, huge, "a frame of 100 MB");
  const large = await attack();
  large.send(new Uint8Array(LIMITS.frameBytes + 1));
  await costs(CLOSE.tooLarge, large, "a frame above the limit");
  const parts = await attack();
  const structs = encoding.encode((encoder) => {
    for (const number of [1, LIMITS.updateParts + 1, 9, 0]) encoding.writeVarUint(encoder, number);
    for (let n = 0; n <= LIMITS.updateParts; n++) encoding.writeUint8Array(encoder, bytes(0, 1));
    encoding.writeVarUint(encoder, 0);
  });
  parts.send(encodeUpdate(structs));
  await costs(CLOSE.tooLarge, parts, `an update of ${LIMITS.updateParts + 1} parts`);
  const vector = await attack();
  vector.send(encodeStep1(varints(LIMITS.roomClients + 1, ...Array.from({ length: 1_000 }, (_unused, n) => n))));
  await costs(CLOSE.tooLarge, vector, "a giant state vector");

  const fast = await attack();
  const tiny = bytes(3);
  for (let second = 0; second < 3 && fast.code() === null; second++) {
    for (let n = 0; n < 10_000; n++) fast.send(tiny);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await costs(CLOSE.tooFast, fast, "10,000 tiny messages a second");

  // Ten thousand levels: it is taken, stored and given out; whoever turns it into text gets an error, not a crash.
  const deep = new Y.Doc();
  deep.transact(() => {
    let inner = new Y.XmlElement("quote");
    deep.getXmlFragment("deep").push([inner]);
    for (let level = 0; level < 10_000; level++) {
      const next = new Y.XmlElement("quote");
      inner.push([next]);
      inner = next;
    }
  });
  const diver = await attack();
  diver.send(encodeUpdate(Y.encodeStateAsUpdate(deep)));
  const reader = connectRaw(stack.url, target, cookies);
  await reader.synced();
  await expect.poll(() => reader.doc.getXmlFragment("deep").length).toBe(1);
  expect(await bystanders.slowest(), "next door").toBeLessThan(1_000);
  reader.close();
  diver.end();
});

test("[P5] [P9] updates that wait for ever: the connection starts over, the room stays small", async ({
  request: _,
}) => {
  const client = await attack();
  const doc = new Y.Doc();
  doc.getText("t").insert(0, "never sent");
  doc.on("update", (update: Uint8Array) => client.send(encodeUpdate(update)));
  for (let n = 0; n < 30 && client.code() === null; n++) {
    doc.getText("t").insert(0, "x".repeat(LIMITS.waitingBytes / 10));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await costs(CLOSE.fellBehind, client, "edits that build on one that never comes");
});

test("[P9] one person has only so many connections, and the others none the less", async ({ request: _ }) => {
  test.setTimeout(180_000);
  const clients: Awaited<ReturnType<typeof attack>>[] = [];
  const closed = () => clients.filter((client) => client.code() === CLOSE.tooFast).length;
  while (clients.length < LIMITS.connectionsPerPerson + 50) {
    clients.push(...(await Promise.all(Array.from({ length: 50 }, () => attack()))));
  }
  await expect.poll(closed).toBeGreaterThan(0);
  const ben = connectRaw(stack.url, target, await logIn(stack.url, "ben"));
  await ben.synced();
  const slowest = await bystanders.slowest();
  console.log(
    `${clients.length} connections of one person: ${closed()} refused; next door the slowest took ${Math.round(slowest)} ms`,
  );
  ben.close();
  for (const client of clients) client.end();
});

test("[P9] whoever does not read is cut, the others go on", async ({ request: _ }) => {
  test.setTimeout(120_000);
  const documentId = await newDocument("Slow reader");
  const sleepy = await attack("", documentId);
  sleepy.socket.pause();
  const writers: RawClient[] = [connectRaw(stack.url, documentId, cookies), connectRaw(stack.url, documentId, cookies)];
  await Promise.all(writers.map((writer) => writer.synced()));
  const [writer, reader] = writers as [RawClient, RawClient];
  const text = writer.doc.getText("pages");
  const gone = () => `${stack.server.output()}`.includes(`"code":${CLOSE.fellBehind}`);
  const page = "x".repeat(LIMITS.frameBytes / 4);
  for (let n = 0; n < 40 && !gone(); n++) {
    writer.doc.transact(() => {
      text.delete(0, text.length);
      text.insert(0, `${n} ${page}`);
    });
    await expect
      .poll(() => reader.doc.getText("pages").toString().slice(0, 3), { intervals: [20] })
      .toBe(`${n} x`.slice(0, 3));
  }
  await expect.poll(gone).toBe(true);
  expect(await bystanders.slowest(), "next door").toBeLessThan(2_000);
  for (const client of writers) client.close();
  sleepy.end();
});

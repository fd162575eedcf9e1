// Workers come, go and die while people write: real worker processes on a real database, on a single Redis and on a
// cluster of three nodes; two servers in this process. Prints the longest pause that a writer sees per event.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import pino from "pino";
import { afterEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { RedisChannelLayer } from "#lib/channel-layer/redis.ts";
import { TestCluster } from "#lib/channel-layer/test-cluster.ts";
import { TestRedis } from "#lib/channel-layer/test-redis.ts";
import { concat } from "#lib/concat.ts";
import { decodeFrame, encodeStep1, encodeStep2, encodeUpdate } from "#lib/frames.ts";
import type { Database } from "#prisma/client.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";
import type { Consumer } from "#server/consumer.ts";
import { Consumers } from "#server/consumers.ts";
import type { Outgoing } from "#server/outgoing.ts";

const ROOMS = 12;
/** ms between two words of a writer. */
const PACE = 60;
const log = pino({ level: "silent" });
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Somebody who types words and remembers when the last frame came. */
class Writer {
  readonly doc = new Y.Doc();
  readonly typed: string[] = [];
  heardAt = performance.now();
  pause = 0;
  restarts = 0;
  #consumer: Consumer;
  readonly #connect: () => Consumer;

  constructor(consumers: Consumers, room: string, name: string) {
    this.#connect = () => {
      const outlet = {
        send: (outgoing: Outgoing) => {
          for (const payload of outgoing.payloads) this.#receive(concat(payload));
        },
        close: () => {
          this.restarts++;
          setTimeout(() => {
            this.#consumer = this.#connect();
          }, 100);
        },
        buffered: 0,
      };
      const member = { id: `u-${name}`, name, color: 1 };
      const options = { allowWrite: true, allowWriteAwareness: true, extended: true, framing: "y-websocket" } as const;
      const admission = { room, channel: "yroom", documentId: null, member, sessionVersion: 1, options };
      const consumer = consumers.add(admission, outlet);
      consumer.receive(encodeStep1(Y.encodeStateVector(this.doc)));
      return consumer;
    };
    this.#consumer = this.#connect();
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#consumer.receive(encodeUpdate(update));
    });
  }

  type(word: string): void {
    this.typed.push(word);
    const text = this.doc.getText("t");
    text.insert(text.length, ` ${word}`);
  }

  get words(): string[] {
    return this.doc.getText("t").toString().split(" ").filter(Boolean).sort();
  }

  #receive(frame: Uint8Array): void {
    for (const message of decodeFrame(frame)) {
      if (message.type === "step1") {
        this.#consumer.receive(encodeStep2(Y.encodeStateAsUpdate(this.doc, message.stateVector)));
      } else if (message.type === "step2" || message.type === "update") {
        const now = performance.now();
        this.pause = Math.max(this.pause, now - this.heardAt);
        this.heardAt = now;
        Y.applyUpdate(this.doc, message.update, this);
      }
    }
  }
}

interface Running {
  child: ChildProcess;
  output: string;
}

async function startWorker(redisUrl: string, databaseUrl: string): Promise<Running> {
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    REDIS_URL: redisUrl,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: "info",
  };
  const child = spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], { env });
  const running = { child, output: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      running.output += chunk.toString();
    });
  }
  ends.push(() => end(running, "SIGKILL"));
  await vi.waitFor(() => expect(running.output).toContain('"msg":"worker started"'), { timeout: 20_000 });
  return running;
}

async function end({ child }: Running, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

async function urlOf(database: Database): Promise<string> {
  const [row] = await database.db.$queryRaw<{ name: string }[]>`SELECT current_database()::text AS name`;
  const url = new URL(process.env.TEST_DATABASE_URL as string);
  url.pathname = `/${row?.name}`;
  return url.href;
}

test.each([
  ["a single Redis", () => new TestRedis()],
  ["a cluster of three", () => new TestCluster()],
])(
  "[P10] workers join, stop and are killed under load on %s: nothing is lost, pauses are short",
  async (name, create) => {
    const redis = create();
    await redis.start();
    ends.push(() => redis.remove());
    const database = await openTestDatabase("postgres");
    ends.push(() => database.close());
    const databaseUrl = await urlOf(database);
    const servers: Consumers[] = [];
    for (let number = 0; number < 2; number++) {
      const layer = new RedisChannelLayer({ url: redis.url, log });
      const consumers = new Consumers(log, () => {
        throw new Error("no requests here");
      });
      await consumers.start(`web-${randomUUID()}`, layer);
      ends.push(
        () => layer.close(),
        () => consumers.stop(),
      );
      servers.push(consumers);
    }
    const [here, there] = servers as [Consumers, Consumers];
    const start = () => startWorker(redis.url, databaseUrl);
    const first = await start();
    await vi.waitFor(() => expect(here.owners.whyNotReady() ?? there.owners.whyNotReady()).toBeNull(), {
      timeout: 10_000,
    });

    const rooms = Array.from({ length: ROOMS }, (_, number) => `prosemirror.moving${number}`);
    const pairs = rooms.map((room) => [new Writer(here, room, "ana"), new Writer(there, room, "ben")] as const);
    const writers = pairs.flat();
    let words = 0;
    const typing = setInterval(() => {
      for (const writer of writers) writer.type(`w${words++}`);
    }, PACE);
    ends.push(() => clearInterval(typing));
    const flow = async () => {
      const before = writers.map((writer) => writer.heardAt);
      await vi.waitFor(
        () => expect(writers.every((writer, index) => writer.heardAt > (before[index] as number) + 500)).toBe(true),
        { timeout: 20_000 },
      );
    };
    const pauses: Record<string, number> = {};
    const during = async <Result>(event: string, act: () => Promise<Result>): Promise<Result> => {
      await flow();
      for (const writer of writers) writer.pause = 0;
      const result = await act();
      await flow();
      // A dead owner is missed when its lease has run out.
      await vi.waitFor(() => expect(here.owners.whyNotReady() ?? there.owners.whyNotReady()).toBeNull(), {
        timeout: 20_000,
      });
      await flow();
      pauses[event] = Math.round(Math.max(...writers.map((writer) => writer.pause)));
      return result;
    };
    await during("calm", flow);
    const second = await during("a second worker joins", start);
    await during("a third worker joins", start);
    await during("a worker stops", () => end(second, "SIGTERM"));
    await during("a worker is killed", () => end(first, "SIGKILL"));
    clearInterval(typing);

    for (const [index, pair] of pairs.entries()) {
      const typed = pair.flatMap((writer) => writer.typed).sort();
      const fresh = new Writer(here, rooms[index] as string, "eve");
      for (const writer of [...pair, fresh]) {
        await vi.waitFor(() => expect(writer.words.length).toBe(typed.length), { timeout: 10_000 });
        expect(writer.words).toEqual(typed);
      }
    }
    const restarts = writers.reduce((sum, writer) => sum + writer.restarts, 0);
    process.stdout.write(
      `${name}: ${words} edits in ${ROOMS} rooms, 0 lost, ${restarts} restarts; longest pause in ms: ${JSON.stringify(pauses)}\n`,
    );
    expect(restarts).toBe(0);
    for (const event of ["a second worker joins", "a third worker joins", "a worker stops"]) {
      expect(pauses[event], event).toBeLessThan(1_000);
    }
    expect(pauses["a worker is killed"]).toBeLessThan(5_000);
  },
  120_000,
);

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { encodeServerMessages } from "#lib/message-codec.ts";
import type { ServerMessage } from "#lib/messages.ts";
import { RedisChannelLayer } from "./redis.ts";
import { receiveMessage } from "./test-messages.ts";
import { partition, range, room, sequences, TestServer, TestWorker, turn } from "./test-peers.ts";
import { TestRedis } from "./test-redis.ts";

const stream = `yroom:{test:${partition}}:log`;
const patient = { timeout: 10_000 };

let redis: TestRedis;
let lines: { level: number; msg: string; entry?: string }[];
const layers: RedisChannelLayer[] = [];

function layer(): RedisChannelLayer {
  const log = pino({ level: "info" }, { write: (line) => void lines.push(JSON.parse(line)) });
  const created = new RedisChannelLayer({ url: redis.url, log });
  layers.push(created);
  return created;
}

const logged = (text: string) => lines.filter((line) => line.msg.includes(text)).length;

beforeEach(async () => {
  lines = [];
  redis = new TestRedis();
  await redis.start();
});

afterEach(async () => {
  redis.resume();
  await Promise.all(layers.splice(0).map((created) => created.close()));
  await redis.remove();
});

describe("Redis is killed and started again", () => {
  it("keeps what it accepted, reports what it may not have, and goes on", async () => {
    const server = await TestServer.start(layer(), "s1");
    const worker = await TestWorker.start(layer(), "w1");
    worker.link.open(partition);
    let sent = 0;
    let sending = true;
    const sender = (async () => {
      while (sending) {
        server.link.send("test", receiveMessage(room, ++sent));
        await turn();
      }
    })();
    await vi.waitFor(() => expect(worker.messages.length).toBeGreaterThan(200), patient);
    await redis.kill();
    await vi.waitFor(() => expect(server.lost.length).toBeGreaterThan(0), patient);
    const received = sequences(worker.messages);
    const sentBefore = sent;
    await redis.start();
    await vi.waitFor(() => expect([server.gaps, worker.gaps]).toEqual([1, 1]), patient);
    await vi.waitFor(() => expect(Math.max(...sequences(worker.messages))).toBeGreaterThan(sentBefore), patient);
    sending = false;
    await sender;
    const last = sent;
    await vi.waitFor(() => expect(sequences(worker.messages)).toContain(last), patient);
    // Nothing came twice to the worker that held it, in spite of the new start from the oldest entry.
    const all = sequences(worker.messages);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual([...all].sort((a, b) => a - b));
    // And a new owner gets every single one, those from before the kill too.
    const next = await TestWorker.start(layer(), "w2");
    next.link.open(partition);
    await vi.waitFor(() => expect(sequences(next.messages)).toContain(last), patient);
    expect(sequences(next.messages)).toEqual(all);
    expect(all).toEqual(expect.arrayContaining(received));
    await vi.waitFor(() => expect([logged("Redis is away"), logged("Redis is back")]).toEqual([2, 2]), patient);
  }, 30_000);

  it("reads on when Redis has forgotten everything, and has the connections start over", async () => {
    await redis.kill();
    await redis.start({ appendOnly: false });
    const server = await TestServer.start(layer(), "s1");
    const worker = await TestWorker.start(layer(), "w1");
    worker.link.open(partition);
    for (const sequence of range(3)) {
      server.link.send("test", receiveMessage(room, sequence));
      await turn();
    }
    await vi.waitFor(() => expect(worker.entries).toHaveLength(3));
    expect(server.lost).toEqual([]);
    await redis.kill();
    await redis.start({ appendOnly: false });
    await vi.waitFor(() => expect([server.gaps, worker.gaps]).toEqual([1, 1]), patient);
    // Nothing was under way, and still: what was accepted may be gone.
    await vi.waitFor(
      () => expect(server.lost.map((error) => error.message)).toEqual(["Redis was restarted."]),
      patient,
    );
    worker.link.acknowledge(partition, [worker.entries[0]?.id as string]);
    server.link.send("test", receiveMessage(room, 4));
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([1, 2, 3, 4]), patient);
    expect(logged("keeps no append-only file")).toBeGreaterThan(0);
  }, 30_000);

  it("fails calls at once while it is away, and takes what is acknowledged meanwhile out later", async () => {
    const server = await TestServer.start(layer(), "s1");
    const own = layer();
    const worker = await TestWorker.start(own, "w1");
    worker.link.open(partition);
    server.link.send("test", receiveMessage(room, 0));
    await turn();
    server.link.send("test", receiveMessage(room, 1));
    await vi.waitFor(() => expect(worker.entries).toHaveLength(2));
    await redis.kill();
    await vi.waitFor(() => expect(own.ping()).rejects.toThrow(), patient);
    await expect(worker.link.lease(partition)).rejects.toThrow();
    await expect(own.announce({ type: "owner", channel: "test", owned: [{ partition, term: "1" }] })).rejects.toThrow();
    await expect(server.link.beat(new Map())).rejects.toThrow();
    worker.link.acknowledge(partition, [worker.entries[0]?.id as string]);
    worker.link.deliver("s1", [{ type: "response", request: 1, error: null, body: new Uint8Array() }]);
    server.link.send("test", receiveMessage(room, 2));
    await vi.waitFor(() => expect(server.lost.length).toBeGreaterThan(0));
    // Each connection hears of the kill at its own time; by now all of them have.
    for (let turns = 0; turns < 20; turns++) await turn();
    worker.link.acknowledge(partition, [worker.entries[1]?.id as string]);
    await turn();
    await redis.start();
    await vi.waitFor(async () => expect(await redis.command("XLEN", stream)).toBe(0), patient);
    await vi.waitFor(() => expect(own.ping()).resolves.toBeUndefined(), patient);
    expect(await worker.link.lease(partition)).toBe(true);
    await vi.waitFor(() => {
      server.link.send("test", receiveMessage(room, 3));
      expect(sequences(worker.messages)).toContain(3);
    }, patient);
    // What was acknowledged is not replayed, and what was reported as lost does not come after all.
    expect(new Set(sequences(worker.messages).slice(2))).toEqual(new Set([3]));
  }, 30_000);
});

describe("Redis is emptied", () => {
  it("has presence again with the next beat, though nothing changed", async () => {
    const own = layer();
    const server = await TestServer.start(own, "s1");
    const presence = new Map([["a", [{ id: "ana", name: "Ana", color: 3 }]]]);
    await server.link.beat(presence);
    expect(await own.presence(["a"])).toEqual(presence);
    await redis.command("FLUSHALL");
    expect(await own.presence(["a"])).toEqual(new Map());
    await server.link.beat(presence);
    expect(await own.presence(["a"])).toEqual(presence);
  });
});

describe("Redis is paused", () => {
  it("shortly: calls fail within 2 s, nothing is lost", async () => {
    const server = await TestServer.start(layer(), "s1");
    const own = layer();
    const worker = await TestWorker.start(own, "w1");
    worker.link.open(partition);
    redis.pause();
    for (const sequence of range(20)) {
      server.link.send("test", receiveMessage(room, sequence));
      await turn();
    }
    const asked = performance.now();
    await expect(own.ping()).rejects.toThrow();
    expect(performance.now() - asked).toBeLessThan(2_000);
    await expect(worker.link.beat()).rejects.toThrow();
    redis.resume();
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual(range(20)), patient);
    expect([server.lost, server.gaps, worker.gaps]).toEqual([[], 0, 0]);
  }, 30_000);

  it("for long: what is under way is reported as lost, and all goes on afterwards", async () => {
    const server = await TestServer.start(layer(), "s1");
    const worker = await TestWorker.start(layer(), "w1");
    worker.link.open(partition);
    redis.pause();
    server.link.send("test", receiveMessage(room, 1));
    await vi.waitFor(() => expect(server.lost.length).toBeGreaterThan(0), patient);
    redis.resume();
    await vi.waitFor(
      () => {
        server.link.send("test", receiveMessage(room, 2));
        expect(sequences(worker.messages)).toContain(2);
      },
      { ...patient, interval: 200 },
    );
  }, 30_000);
});

describe("one connection is cut", () => {
  it("of the reader: it goes on where it was, and reports no gap", async () => {
    const server = await TestServer.start(layer(), "s1");
    const worker = await TestWorker.start(layer(), "w1");
    worker.link.open(partition);
    server.link.send("test", receiveMessage(room, 1));
    await vi.waitFor(() => expect(worker.entries).toHaveLength(1));
    await redis.cut("reader");
    server.link.send("test", receiveMessage(room, 2));
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([1, 2]), patient);
    expect([server.gaps, worker.gaps]).toEqual([0, 0]);
  });

  it("of the subscriber: the server hears of a gap after it listens again", async () => {
    const server = await TestServer.start(layer(), "s1");
    const worker = await TestWorker.start(layer(), "w1");
    await redis.cut("subscriber");
    await vi.waitFor(() => expect(server.gaps).toBe(1), patient);
    worker.link.deliver("s1", [{ type: "response", request: 1, error: null, body: new Uint8Array() }]);
    await vi.waitFor(() => expect(server.messages).toHaveLength(1));
    expect(server.lost).toEqual([]);
  });

  it("of the outbox: the worker hears of a gap", async () => {
    const worker = await TestWorker.start(layer(), "w1");
    await redis.cut("outbox");
    await vi.waitFor(() => expect(worker.gaps).toBe(1), patient);
  });
});

describe("what does not belong into the log", () => {
  it("[P1] is put aside and stops nobody, and whoever said it is asked for it again", async () => {
    const server = await TestServer.start(layer(), "s1");
    const worker = await TestWorker.start(layer(), "w1");
    await redis.command("XADD", stream, "*", "s1", Buffer.from([1, 1, 0, 200]));
    await redis.command("XADD", stream, "*", "s1", "");
    server.link.send("test", receiveMessage(room, 1));
    worker.link.open(partition);
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([1]));
    await vi.waitFor(async () => expect(await redis.command("XLEN", stream)).toBe(1));
    const aside = await redis.command("XLEN", `yroom:{test:${partition}}:poison`);
    expect([aside, logged("cannot be read")]).toEqual([2, 2]);
    await vi.waitFor(() => expect(worker.gaps).toBe(1));
  });

  it("[P1] is logged when it comes to a server, which asks for a resync", async () => {
    const server = await TestServer.start(layer(), "s1");
    const worker = await TestWorker.start(layer(), "w1");
    for (const channel of ["server:s1", "announce"]) await redis.command("PUBLISH", `yroom:${channel}`, "garbage");
    await vi.waitFor(() => expect(lines.filter((line) => line.msg.endsWith("failed"))).toHaveLength(2));
    worker.link.deliver("s1", [{ type: "response", request: 1, error: null, body: new Uint8Array() }]);
    await vi.waitFor(() => expect([server.messages.length, server.gaps]).toEqual([1, 1]));
  });
});

describe("large deliveries", () => {
  const forward = (fill: number, size: number): ServerMessage => {
    return { type: "forward", room, to: [fill], payloads: [new Uint8Array(size).fill(fill)] };
  };

  it("come in order with small ones, leave nothing behind, and are no reason for Redis to cut a listener off", async () => {
    const server = await TestServer.start(layer(), "s1");
    const worker = await TestWorker.start(layer(), "w1");
    // More at once than the 32 MB that Redis lets wait for a listener.
    for (const number of range(24)) {
      worker.link.deliver("s1", [forward(number, number % 3 === 0 ? 10 : 4_000_000)]);
      // Small and large ones in turns of their own now and then, so that one could overtake the other.
      if (number > 12) await turn();
    }
    await vi.waitFor(() => expect(server.messages).toHaveLength(24), patient);
    const received = server.messages.map((message) => (message.type === "forward" ? message.payloads[0]?.[0] : null));
    expect(received).toEqual(range(24));
    expect([server.gaps, worker.gaps]).toEqual([0, 0]);
    expect(await redis.command("KEYS", "yroom:parcel:*")).toEqual([]);
  });

  it("report a gap when they cannot be fetched", async () => {
    const server = await TestServer.start(layer(), "s1");
    await redis.command("PUBLISH", "yroom:server:s1", "\0yroom:parcel:s1:gone");
    await vi.waitFor(() => expect(server.gaps).toBe(1));
    expect(server.lost).toEqual([]);
  });

  it("[P9] report one gap for all that follow each other, and one more behind something that came", async () => {
    const server = await TestServer.start(layer(), "s1");
    const small = Buffer.concat(encodeServerMessages([forward(1, 10)]));
    const gone = range(50).map((n) => ["PUBLISH", "yroom:server:s1", `\0yroom:parcel:s1:gone${n}`] as const);
    await redis.pipeline([...gone, ["PUBLISH", "yroom:server:s1", small], ...gone.slice(0, 20)]);
    await vi.waitFor(() => expect([server.messages.length, server.gaps]).toEqual([1, 2]));
  });
});

it("leaves nothing behind that keeps a process alive", async () => {
  const program = `
    import pino from "pino";
    import { RedisChannelLayer } from "./lib/channel-layer/redis.ts";
    const layer = new RedisChannelLayer({ url: "${redis.url}", log: pino({ level: "silent" }) });
    const ignore = () => {};
    await layer.server("s1", { onMessages: ignore, onAnnouncement: ignore, onGap: ignore, onLost: ignore });
    const worker = await layer.worker("w1", "test", { onEntries: async () => {}, onGap: ignore });
    for (let partition = 0; partition < 16; partition++) worker.open(partition);
    await worker.beat();
    await layer.close();
    console.log("closed");`;
  const child = promisify(execFile)(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    timeout: 15_000,
  });
  await expect(child).resolves.toMatchObject({ stdout: "closed\n", stderr: "" });
  await vi.waitFor(async () => expect(await redis.command("CLIENT", "LIST")).not.toContain("name=yroom-"));
}, 20_000);

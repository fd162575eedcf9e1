import { randomUUID } from "node:crypto";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { PARTITIONS, partitionOf } from "#lib/partition.ts";
import { describeChannelLayer } from "./contract.ts";
import { RedisChannelLayer } from "./redis.ts";
import { RedisAppender } from "./redis-append.ts";
import { RedisHealth } from "./redis-connection.ts";
import { redisKeys } from "./redis-keys.ts";
import { ClusterNodes } from "./redis-nodes.ts";
import { slotOf } from "./redis-slot.ts";
import { TestCluster } from "./test-cluster.ts";
import { receiveMessage } from "./test-messages.ts";
import { range, sequences, TestServer, TestWorker, turn } from "./test-peers.ts";
import type { TestRedis } from "./test-redis.ts";

const cluster = new TestCluster();
beforeAll(() => cluster.start());
afterAll(() => cluster.remove());

let runs = 0;
describeChannelLayer("Redis Cluster", async () => {
  const errors: string[] = [];
  const log = pino({ level: "error" }, { write: (line) => void errors.push(line) });
  const run = { url: cluster.url, log, prefix: `test-${++runs}`, leaseTtl: 600, serverTtl: 800 };
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

describe("faults of a cluster", () => {
  const patient = { timeout: 20_000 };
  const rooms = range(200).map((n) => `prosemirror.c${n}`);
  const roomOf = (partition: number) => rooms.find((name) => partitionOf(name) === partition) as string;
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  let layers: RedisChannelLayer[] = [];
  let stop = () => {};

  afterEach(async () => {
    stop();
    await Promise.all(layers.splice(0).map((layer) => layer.close()));
    layers = [];
    for (const node of cluster.nodes) if (!node.running) await node.start({ cluster: true });
    await cluster.healthy();
  });

  /** A server that writes to a room of every partition without pause, and a worker that reads all of them. */
  async function traffic() {
    const prefix = randomUUID();
    const layer = () => {
      const created = new RedisChannelLayer({ url: cluster.url, log: pino({ level: "silent" }), prefix });
      layers.push(created);
      return created;
    };
    const keys = redisKeys(prefix, true);
    const server = await TestServer.start(layer(), "s1");
    const worker = await TestWorker.start(layer(), "w1");
    for (const partition of partitions) worker.link.open(partition);
    const sent = partitions.map(() => 0);
    let sending = true;
    const sender = (async () => {
      while (sending) {
        for (const partition of partitions) {
          sent[partition] = (sent[partition] as number) + 1;
          server.link.send("test", receiveMessage(roomOf(partition), sent[partition] as number));
        }
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    })();
    stop = () => {
      sending = false;
    };
    const end = async () => {
      sending = false;
      await sender;
    };
    const received = (partition: number, from: TestWorker = worker) =>
      sequences(from.messages.filter((message) => message.room === roomOf(partition)));
    const logKey = (partition: number) => keys.log("test", partition);
    return { layer, keys, server, worker, sent, received, end, logKey };
  }

  const on = async (node: TestRedis, logKey: (partition: number) => string) => {
    const found: number[] = [];
    for (const partition of partitions) if ((await cluster.holder(logKey(partition))) === node) found.push(partition);
    return found;
  };

  it("spreads partitions over all nodes", async () => {
    const keys = redisKeys("yroom", true);
    for (const node of cluster.nodes) {
      expect((await on(node, (partition) => keys.log("yroom", partition))).length).toBeGreaterThanOrEqual(2);
      const lanes = await Promise.all(keys.lanes.map((lane) => cluster.holder(keys.announce(lane))));
      expect(lanes).toContain(node);
    }
  });

  it("[P3] slots move while traffic runs: everything arrives once and in order, nothing is given up", async () => {
    const { server, worker, sent, received, end, logKey } = await traffic();
    await vi.waitFor(() => expect(worker.messages.length).toBeGreaterThan(500), patient);
    for (const round of [1, 2]) {
      for (const partition of partitions) {
        const from = await cluster.holder(logKey(partition));
        await cluster.move(logKey(partition), cluster.nodes[(cluster.nodes.indexOf(from) + round) % 3] as TestRedis);
      }
    }
    await end();
    for (const partition of partitions) {
      const last = sent[partition] as number;
      await vi.waitFor(() => expect(received(partition).at(-1)).toBe(last), patient);
      expect(received(partition)).toEqual(range(last));
    }
    expect(server.lost).toEqual([]);
  }, 60_000);

  it("[P3] what the former node of a log refuses does not end up behind what the next one has taken", async () => {
    const [key, log] = [randomUUID(), pino({ level: "silent" })];
    const nodes = new ClusterNodes(
      cluster.nodes.map(({ url }) => url),
      log,
    );
    const losses: string[] = [];
    const onLost = (error: Error) => void losses.push(error.message);
    const appender = new RedisAppender({ server: "s1", nodes, health: new RedisHealth(log), onLost });
    stop = () => {
      appender.pool.close();
      nodes.close();
    };
    await appender.pool.ready;
    const next = await cluster.holder(key);
    const former = cluster.nodes.find((node) => node !== next) as TestRedis;
    const append = (node: TestRedis, value: number) => {
      nodes.learn({ kind: "moved", slot: slotOf(key), address: `127.0.0.1:${node.port}` }, node.url);
      appender.append(new Map([[key, [Uint8Array.of(value)]]]));
    };
    former.pause();
    append(former, 1);
    await turn();
    append(next, 2);
    // Nothing is to happen meanwhile, so there is nothing to wait for but time in which it could.
    await new Promise((resolve) => setTimeout(resolve, 200));
    former.resume();
    await appender.settled();
    const entries = (await next.command("XRANGE", key, "-", "+")) as [id: string, fields: [string, string]][];
    expect(entries.map(([, [, value]]) => value.charCodeAt(0))).toEqual([1, 2]);
    expect(losses).toEqual([]);
  });

  it("[P3] a node is killed and started again: its partitions stop and come back, the others go on", async () => {
    const { layer, server, worker, sent, received, end, logKey } = await traffic();
    const victim = await cluster.holder(logKey(0));
    const stopped = await on(victim, logKey);
    const others = partitions.filter((partition) => !stopped.includes(partition));
    await vi.waitFor(() => expect(worker.messages.length).toBeGreaterThan(500), patient);
    const concerned = new Set<number>();
    await victim.kill();
    await vi.waitFor(() => expect(server.lost.length).toBeGreaterThan(0), patient);
    for (const { concerns } of server.losses)
      for (const partition of partitions) if (concerns("test", roomOf(partition))) concerned.add(partition);
    expect([...concerned].sort()).toEqual([...stopped].sort());
    const before = [...sent];
    for (const partition of others) {
      await vi.waitFor(
        () => expect(received(partition).at(-1)).toBeGreaterThan((before[partition] as number) + 50),
        patient,
      );
    }
    // Deliveries find another way.
    await vi.waitFor(() => {
      worker.link.deliver("s1", [{ type: "response", request: 1, error: null, body: new Uint8Array() }]);
      expect(server.messages.length).toBeGreaterThan(0);
    }, patient);
    await vi.waitFor(() => expect(server.gaps).toBeGreaterThan(0), patient);
    await victim.start({ cluster: true });
    const down = [...sent];
    for (const partition of stopped) {
      await vi.waitFor(() => expect(received(partition).at(-1)).toBeGreaterThan(down[partition] as number), patient);
    }
    await end();
    for (const partition of others) {
      await vi.waitFor(() => expect(received(partition)).toEqual(range(sent[partition] as number)), patient);
    }
    // What the killed node had accepted is there for the next owner, in order and once.
    const next = await TestWorker.start(layer(), "w2");
    for (const partition of partitions) next.link.open(partition);
    for (const partition of stopped) {
      await vi.waitFor(() => expect(received(partition, next)).toEqual(received(partition)), patient);
      expect(received(partition)).toEqual([...new Set(received(partition))].sort((a, b) => a - b));
    }
  }, 90_000);

  it("[P3] a replica takes over from a node that is killed, and says that edits may be lost", async () => {
    const { server, worker, sent, received, end, logKey } = await traffic();
    const victim = await cluster.holder(logKey(0));
    await cluster.replicate(victim);
    const moved = await on(victim, logKey);
    await vi.waitFor(() => expect(worker.messages.length).toBeGreaterThan(500), patient);
    await victim.kill();
    await vi.waitFor(() => expect(server.lost.length).toBeGreaterThan(0), patient);
    const before = [...sent];
    for (const partition of moved) {
      await vi.waitFor(() => expect(received(partition).at(-1)).toBeGreaterThan(before[partition] as number), patient);
    }
    await end();
    for (const partition of partitions) {
      await vi.waitFor(() => expect(received(partition).at(-1)).toBe(sent[partition]), patient);
      if (!moved.includes(partition)) expect(received(partition)).toEqual(range(sent[partition] as number));
    }
  }, 90_000);

  it("starts while a node is away", async () => {
    const away = cluster.nodes[0] as TestRedis;
    await away.kill();
    const layer = new RedisChannelLayer({ url: cluster.url, log: pino({ level: "silent" }), prefix: randomUUID() });
    layers.push(layer);
    await expect(layer.ping()).resolves.toBeUndefined();
    await turn();
  }, 30_000);
});

// A Redis Cluster of a test's own: redis-server processes on free ports in temporary folders, all slots covered; nodes
// can be killed, paused, started again, and slots moved while traffic runs.
import { Redis } from "ioredis";
import { slotOf } from "./redis-slot.ts";
import { TestRedis } from "./test-redis.ts";

const SLOTS = 16_384;

export class TestCluster {
  readonly nodes: TestRedis[];

  constructor(masters = 3) {
    this.nodes = Array.from({ length: masters }, () => new TestRedis());
  }

  /** As an operator would write it into REDIS_URL. */
  get url(): string {
    return this.nodes.map((node) => node.url).join(",");
  }

  /** Resolves when every node agrees that all slots are served. */
  async start(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.start({ cluster: true })));
    const [first] = this.nodes as [TestRedis];
    await Promise.all(
      this.nodes.map(async (node, index) => {
        const share = SLOTS / this.nodes.length;
        const [from, to] = [Math.round(index * share), Math.round((index + 1) * share) - 1];
        await node.command("CLUSTER", "SET-CONFIG-EPOCH", index + 1);
        await node.command("CLUSTER", "ADDSLOTSRANGE", from, to);
      }),
    );
    for (const node of this.nodes.slice(1))
      await first.command("CLUSTER", "MEET", "127.0.0.1", node.port, node.busPort);
    await this.healthy();
  }

  /** Resolves when all nodes see all of them and all slots. */
  async healthy(): Promise<void> {
    const deadline = Date.now() + 20_000;
    const wanted = [
      /cluster_state:ok/,
      /cluster_slots_ok:16384/,
      new RegExp(`cluster_known_nodes:${this.nodes.length}\\b`),
    ];
    for (const node of this.nodes) {
      for (;;) {
        const info = String(await node.command("CLUSTER", "INFO"));
        if (wanted.every((line) => line.test(info))) break;
        if (Date.now() > deadline) throw new Error(`the cluster does not come together:\n${info}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  /** The node that serves `key`. */
  async holder(key: string): Promise<TestRedis> {
    const slot = slotOf(key);
    const [living] = this.nodes.filter((node) => node.running) as [TestRedis];
    const slots = (await living.command("CLUSTER", "SLOTS")) as [number, number, [string, number]][];
    const [, , [, port]] = slots.find(([from, to]) => from <= slot && slot <= to) as [number, number, [string, number]];
    return this.nodes.find((node) => node.port === port) as TestRedis;
  }

  /** Moves the slot of `key`, with what is in it, step by step as redis-cli does. */
  async move(key: string, to: TestRedis): Promise<void> {
    const slot = slotOf(key);
    const from = await this.holder(key);
    const [fromId, toId] = [String(await from.command("CLUSTER", "MYID")), String(await to.command("CLUSTER", "MYID"))];
    const source = new Redis(from.url);
    try {
      await to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
      await source.cluster("SETSLOT", slot, "MIGRATING", toId);
      for (;;) {
        const keys = (await source.call("CLUSTER", "GETKEYSINSLOT", slot, 10)) as string[];
        if (keys.length === 0) break;
        await source.call("MIGRATE", "127.0.0.1", to.port, "", 0, 5_000, "KEYS", ...keys);
      }
      await to.command("CLUSTER", "SETSLOT", slot, "NODE", toId);
      await source.cluster("SETSLOT", slot, "NODE", toId);
      for (const node of this.nodes) {
        if (node.running && node !== to && node !== from) await node.command("CLUSTER", "SETSLOT", slot, "NODE", toId);
      }
    } finally {
      source.disconnect();
    }
  }

  /** Adds a replica of `master` and waits until it has a copy. */
  async replicate(master: TestRedis): Promise<TestRedis> {
    const replica = new TestRedis();
    await replica.start({ cluster: true });
    this.nodes.push(replica);
    await replica.command("CLUSTER", "MEET", "127.0.0.1", master.port, master.busPort);
    await this.healthy();
    await replica.command("CLUSTER", "REPLICATE", String(await master.command("CLUSTER", "MYID")));
    while (!String(await replica.command("INFO", "replication")).includes("master_link_status:up"))
      await new Promise((resolve) => setTimeout(resolve, 50));
    return replica;
  }

  async remove(): Promise<void> {
    for (const node of this.nodes) node.resume();
    await Promise.all(this.nodes.map((node) => node.remove()));
  }
}

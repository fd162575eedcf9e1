// The part of the acceptance suite about the log from servers to workers.
import { expect, it, vi } from "vitest";
import type { RoomMessage } from "#lib/messages.ts";
import { PARTITIONS, partitionOf } from "#lib/partition.ts";
import { LIMITS } from "#lib/protocol.ts";
import type { Backend } from "./contract.ts";
import { connectMessage, receiveMessage, requestMessage } from "./test-messages.ts";
import { partition, plain, range, room, sequences, TestServer, TestWorker, turn } from "./test-peers.ts";

export function describeLog(backend: () => Backend): void {
  it("makes one entry per turn and partition, and keeps the order of a room", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    const worker = await TestWorker.start(backend().layer(), "w1");
    worker.link.open(partition);
    for (let turns = 0; turns < 5; turns++) {
      for (let i = 1; i <= 4; i++) server.link.send("test", receiveMessage(room, turns * 4 + i));
      await turn();
    }
    await vi.waitFor(() => expect(worker.messages).toHaveLength(20));
    expect(sequences(worker.messages)).toEqual(range(20));
    expect(worker.entries.map((entry) => entry.messages.length)).toEqual([4, 4, 4, 4, 4]);
    expect(worker.entries[0]).toMatchObject({ partition, server: "s1" });
  });

  it("delivers in a later turn, never inside send", async () => {
    const layer = backend().layer();
    const server = await TestServer.start(layer, "s1");
    const worker = await TestWorker.start(layer, "w1");
    worker.link.open(partition);
    server.link.send("test", receiveMessage(room, 1));
    expect(worker.entries).toEqual([]);
    await vi.waitFor(() => expect(worker.entries).toHaveLength(1));
  });

  it("keeps channels and partitions apart", async () => {
    const other = range(50)
      .map((n) => `prosemirror.r${n}`)
      .find((name) => partitionOf(name) !== partition) as string;
    const server = await TestServer.start(backend().layer(), "s1");
    const worker = await TestWorker.start(backend().layer(), "w1");
    worker.link.open(partition);
    server.link.send("another", receiveMessage(room, 1));
    server.link.send("test", receiveMessage(other, 2));
    server.link.send("test", receiveMessage(room, 3));
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([3]));
    worker.link.open(partitionOf(other));
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([3, 2]));
  });

  it("tells how many entries of each partition are not acknowledged", async () => {
    const layer = backend().layer();
    const server = await TestServer.start(layer, "s1");
    const worker = await TestWorker.start(layer, "w1");
    for (let i = 1; i <= 3; i++) {
      server.link.send("test", receiveMessage(room, i));
      await turn();
    }
    const waiting = () => layer.backlog("test");
    const only = (count: number) => range(PARTITIONS, 0).map((index) => (index === partition ? count : 0));
    await vi.waitFor(async () => expect(await waiting()).toEqual(only(3)));
    worker.link.open(partition);
    await vi.waitFor(() => expect(worker.entries).toHaveLength(3));
    worker.link.acknowledge(partition, [worker.entries[0]?.id ?? ""]);
    await vi.waitFor(async () => expect(await waiting()).toEqual(only(2)));
    expect(await layer.backlog("another")).toEqual(range(PARTITIONS).map(() => 0));
  });

  it("[P9] tells how much waits to be committed, and that it does not any more", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    const worker = await TestWorker.start(backend().layer(), "w1");
    const pressure = async () => {
      await server.link.beat(new Map());
      return server.link.pressure("test", room);
    };
    expect(await pressure()).toBe(0);
    for (const sequence of range(5))
      server.link.send("test", receiveMessage(room, sequence, new Uint8Array(1_000_000)));
    const waiting = 5_000_000 / LIMITS.backlogBytes;
    expect(server.link.pressure("test", room)).toBeGreaterThan(waiting);
    worker.link.open(partition);
    await vi.waitFor(() => expect(worker.messages).toHaveLength(5), { timeout: 10_000 });
    const known = await pressure();
    expect(known).toBeGreaterThan(waiting * 0.9);
    expect(known).toBeLessThan(waiting * 2);
    worker.link.acknowledge(
      partition,
      worker.entries.map(({ id }) => id),
    );
    await vi.waitFor(async () => expect(await pressure()).toBeLessThan(waiting * 0.1));
  });

  it("carries every message type with identical bytes, empty and 5 MB payloads too", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    const worker = await TestWorker.start(backend().layer(), "w1");
    const big = Uint8Array.from({ length: 5_000_000 }, (_, index) => (index * 31) & 255);
    const sent: RoomMessage[] = [
      connectMessage(room, 1),
      receiveMessage(room, 1, new Uint8Array()),
      receiveMessage(room, 2, big),
      receiveMessage(room, 3, Buffer.from([0, 255, 13, 10, 0])),
      { type: "disconnect", room, connection: 1, clients: [[7, 3]] },
      requestMessage(room, 7),
    ];
    for (const message of sent) server.link.send("test", message);
    worker.link.open(partition);
    await vi.waitFor(() => expect(worker.messages).toHaveLength(sent.length), { timeout: 5000 });
    expect(worker.messages.map(plain)).toEqual(sent.map(plain));
  });

  it("does not let a reader change what the next one reads", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    const worker = await TestWorker.start(backend().layer(), "w1");
    server.link.send("test", receiveMessage(room, 1, Uint8Array.of(1, 2, 3)));
    worker.onEntries = async (entries) => {
      for (const received of entries.flatMap((entry) => entry.messages)) {
        try {
          received.room = "changed";
        } catch {
          // A layer may hand out frozen objects.
        }
      }
    };
    worker.link.open(partition);
    await vi.waitFor(() => expect(worker.entries).toHaveLength(1));
    const next = await TestWorker.start(backend().layer(), "w2");
    next.link.open(partition);
    await vi.waitFor(() => expect(next.messages).toHaveLength(1));
    expect(next.messages.map(plain)).toEqual([plain(receiveMessage(room, 1, Uint8Array.of(1, 2, 3)))]);
  });

  it("replays what is not acknowledged to a new owner, and never what is", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    const first = await TestWorker.start(backend().layer(), "w1");
    first.link.open(partition);
    for (let i = 1; i <= 6; i++) {
      server.link.send("test", receiveMessage(room, i));
      await turn();
    }
    await vi.waitFor(() => expect(first.entries).toHaveLength(6));
    first.link.acknowledge(partition, [first.entries[0]?.id as string, first.entries[3]?.id as string]);
    await first.link.close();
    const second = await TestWorker.start(backend().layer(), "w2");
    second.link.open(partition);
    await vi.waitFor(() => expect(sequences(second.messages)).toEqual([2, 3, 5, 6]));
  });

  it("[P10] does not let a former owner take away what the one who has the lease now has not read", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    const former = await TestWorker.start(backend().layer(), "w1");
    const owner = await TestWorker.start(backend().layer(), "w2");
    expect(await former.link.lease(partition)).toBe(true);
    former.link.open(partition);
    server.link.send("test", receiveMessage(room, 1));
    await turn();
    server.link.send("test", receiveMessage(room, 2));
    await vi.waitFor(() => expect(former.entries).toHaveLength(2));
    const ids = former.entries.map(({ id }) => id);
    former.link.acknowledge(partition, ids.slice(0, 1));
    await former.link.release(partition);
    expect(await owner.link.lease(partition)).toBe(true);
    former.link.acknowledge(partition, ids);
    // Waits until what is under way was carried out.
    await former.link.release(partition);
    owner.link.open(partition);
    await vi.waitFor(() => expect(sequences(owner.messages)).toEqual([2]));
    owner.link.acknowledge(partition, ids.slice(1));
    await vi.waitFor(async () => expect((await backend().layer().backlog("test"))[partition]).toBe(0));
  });

  it("replays when the same owner opens a partition anew, and not while it stays open", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    const worker = await TestWorker.start(backend().layer(), "w1");
    worker.link.open(partition);
    server.link.send("test", receiveMessage(room, 1));
    await vi.waitFor(() => expect(worker.entries).toHaveLength(1));
    worker.link.open(partition);
    server.link.send("test", receiveMessage(room, 2));
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([1, 2]));
    worker.link.shut(partition);
    worker.link.open(partition);
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([1, 2, 1, 2]));
    const ids = worker.entries.map((entry) => entry.id);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
  });

  it("reads nothing more of a partition that is shut, while others go on", async () => {
    const other = range(50)
      .map((n) => `prosemirror.r${n}`)
      .find((name) => partitionOf(name) !== partition) as string;
    const server = await TestServer.start(backend().layer(), "s1");
    const worker = await TestWorker.start(backend().layer(), "w1");
    worker.link.open(partition);
    worker.link.open(partitionOf(other));
    server.link.send("test", receiveMessage(room, 1));
    await vi.waitFor(() => expect(worker.entries).toHaveLength(1));
    worker.link.shut(partition);
    server.link.send("test", receiveMessage(room, 2));
    server.link.send("test", receiveMessage(other, 3));
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([1, 3]));
  });

  it("waits for onEntries before it reads on", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    const worker = await TestWorker.start(backend().layer(), "w1");
    const witness = await TestWorker.start(backend().layer(), "w2");
    let goOn = () => {};
    worker.onEntries = () => new Promise<void>((resolve) => (goOn = resolve));
    worker.link.open(partition);
    witness.link.open(partition);
    server.link.send("test", receiveMessage(room, 1));
    await vi.waitFor(() => expect(worker.reads).toBe(1));
    for (let i = 2; i <= 10; i++) {
      server.link.send("test", receiveMessage(room, i));
      await turn();
    }
    await vi.waitFor(() => expect(witness.messages).toHaveLength(10));
    expect(worker.reads).toBe(1);
    worker.onEntries = async () => {};
    goOn();
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual(range(10)));
  });

  it("logs handlers that fail and reads on; the entries stay", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    const worker = await TestWorker.start(backend().layer(), "w1");
    worker.onEntries = async () => {
      throw new Error("entries refused");
    };
    worker.link.open(partition);
    server.link.send("test", receiveMessage(room, 1));
    await vi.waitFor(() => expect(backend().errors.join()).toContain("entries refused"));
    worker.onEntries = async () => {};
    server.link.send("test", receiveMessage(room, 2));
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([1, 2]));
    const next = await TestWorker.start(backend().layer(), "w2");
    next.link.open(partition);
    await vi.waitFor(() => expect(sequences(next.messages)).toEqual([1, 2]));
  });

  it("loses nothing of 50,000 messages of three servers", async () => {
    const servers = await Promise.all(["s1", "s2", "s3"].map((id) => TestServer.start(backend().layer(), id)));
    const worker = await TestWorker.start(backend().layer(), "w1");
    const rooms = range(40).map((n) => `prosemirror.many${n}`);
    const seen = new Map<string, number[]>();
    let count = 0;
    worker.onEntries = async (entries) => {
      for (const entry of entries) {
        for (const message of entry.messages) {
          if (message.type !== "receive") continue;
          const key = `${entry.server} ${message.room}`;
          const list = seen.get(key) ?? [];
          seen.set(key, list);
          list.push(message.sequence);
          count++;
        }
        worker.link.acknowledge(entry.partition, [entry.id]);
      }
      worker.entries = [];
    };
    for (const number of new Set(rooms.map(partitionOf))) worker.link.open(number);
    const sent = new Map<string, number[]>();
    for (let i = 0; i < 50_000; i++) {
      const server = i % 3;
      const name = rooms[(i * 7) % rooms.length] as string;
      servers[server]?.link.send("test", receiveMessage(name, i));
      const key = `s${server + 1} ${name}`;
      const list = sent.get(key) ?? [];
      sent.set(key, list);
      list.push(i);
      if (i % 100 === 0) await turn();
    }
    await vi.waitFor(() => expect(count).toBe(50_000), { timeout: 15_000 });
    expect(seen).toEqual(sent);
    const next = await TestWorker.start(backend().layer(), "w2");
    for (const number of new Set(rooms.map(partitionOf))) next.link.open(number);
    // All that was acknowledged is gone: the first thing that a new owner reads is what comes after it.
    await worker.link.close();
    servers[0]?.link.send("test", receiveMessage(rooms[0] as string, 50_001));
    await vi.waitFor(() => expect(sequences(next.messages)).toContain(50_001));
    expect(sequences(next.messages)).toEqual([50_001]);
  }, 30_000);

  it("has everything in the log when a link is closed, large messages too", async () => {
    const server = await TestServer.start(backend().layer(), "s1");
    for (const sequence of range(8))
      server.link.send("test", receiveMessage(room, sequence, new Uint8Array(4_000_000)));
    await server.link.close();
    const worker = await TestWorker.start(backend().layer(), "w1");
    worker.link.open(partition);
    await vi.waitFor(() => expect(sequences(worker.messages)).toEqual(range(8)), { timeout: 5000 });
  });
}

// The acceptance suite of every channel layer; `describeChannelLayer` is called by the tests of each of them.
// What only one of them can suffer (a lost connection) is tested beside it.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Announcement, LogEntry, Member, RoomMessage, ServerMessage } from "#lib/messages.ts";
import { partitionOf } from "#lib/partition.ts";
import type { ChannelLayer, ServerLink, WorkerLink } from "./channel-layer.ts";
import { connectMessage, receiveMessage, requestMessage } from "./test-messages.ts";

/** One transport; each `layer()` is what one more process would create. */
export interface Backend {
  layer(): ChannelLayer;
  /** Lets `ms` pass; a backend that cannot hurry the clock returns at once, as the tests poll. */
  elapse(ms: number): void;
  leaseTtl: number;
  serverTtl: number;
  /** Handlers that fail are logged; the test setup fails a test that logs otherwise. */
  errors: string[];
  close(): Promise<void>;
}

class TestServer {
  messages: ServerMessage[] = [];
  announcements: Announcement[] = [];
  gaps = 0;
  lost: Error[] = [];
  onMessages: (messages: ServerMessage[]) => void = () => {};

  static async start(layer: ChannelLayer, id: string): Promise<TestServer & { link: ServerLink }> {
    const server = new TestServer();
    const link = await layer.server(id, {
      onMessages: (messages) => {
        server.messages.push(...messages);
        server.onMessages(messages);
      },
      onAnnouncement: (announcement) => server.announcements.push(announcement),
      onGap: () => server.gaps++,
      onLost: (error) => server.lost.push(error),
    });
    return Object.assign(server, { link });
  }
}

class TestWorker {
  entries: LogEntry[] = [];
  gaps = 0;
  reads = 0;
  /** Replaced by tests that slow the worker down or make it fail. */
  onEntries: (entries: LogEntry[]) => Promise<void> = async () => {};

  static async start(layer: ChannelLayer, id: string): Promise<TestWorker & { link: WorkerLink }> {
    const worker = new TestWorker();
    const link = await layer.worker(id, "test", {
      onEntries: async (entries) => {
        worker.reads++;
        worker.entries.push(...entries);
        await worker.onEntries(entries);
      },
      onGap: () => worker.gaps++,
    });
    return Object.assign(worker, { link });
  }

  get messages(): RoomMessage[] {
    return this.entries.flatMap((entry) => entry.messages);
  }
}

const room = "prosemirror.one";
const partition = partitionOf(room);
const sequences = (messages: RoomMessage[]) =>
  messages.map((message) => ("sequence" in message ? message.sequence : 0));
const range = (length: number, from = 1) => Array.from({ length }, (_, index) => index + from);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const ana: Member = { id: "ana", name: "Ana", color: 3 };
const ben: Member = { id: "ben", name: "Ben", color: 4 };

export function describeChannelLayer(name: string, create: () => Promise<Backend>): void {
  let backend: Backend;
  beforeEach(async () => {
    backend = await create();
  });
  afterEach(async () => {
    await backend.close();
  });

  describe(`${name}: the log towards the worker`, () => {
    it("makes one entry per turn and partition, and keeps the order of a room", async () => {
      const server = await TestServer.start(backend.layer(), "s1");
      const worker = await TestWorker.start(backend.layer(), "w1");
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
      const layer = backend.layer();
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
      const server = await TestServer.start(backend.layer(), "s1");
      const worker = await TestWorker.start(backend.layer(), "w1");
      worker.link.open(partition);
      server.link.send("another", receiveMessage(room, 1));
      server.link.send("test", receiveMessage(other, 2));
      server.link.send("test", receiveMessage(room, 3));
      await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([3]));
      worker.link.open(partitionOf(other));
      await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([3, 2]));
    });

    it("carries every message type with identical bytes, empty and 5 MB payloads too", async () => {
      const server = await TestServer.start(backend.layer(), "s1");
      const worker = await TestWorker.start(backend.layer(), "w1");
      const big = Uint8Array.from({ length: 5_000_000 }, (_, index) => (index * 31) & 255);
      const sent: RoomMessage[] = [
        connectMessage(room, 1),
        receiveMessage(room, 1, new Uint8Array()),
        receiveMessage(room, 2, big),
        receiveMessage(room, 3, Buffer.from([0, 255, 13, 10, 0])),
        { type: "disconnect", room, connection: 1 },
        requestMessage(room, 7),
      ];
      for (const message of sent) server.link.send("test", message);
      worker.link.open(partition);
      await vi.waitFor(() => expect(worker.messages).toHaveLength(sent.length), { timeout: 5000 });
      expect(worker.messages.map(plain)).toEqual(sent.map(plain));
    });

    it("does not let one side change what the other side has", async () => {
      const server = await TestServer.start(backend.layer(), "s1");
      const worker = await TestWorker.start(backend.layer(), "w1");
      const message = receiveMessage(room, 1, Uint8Array.of(1, 2, 3));
      server.link.send("test", message);
      message.payload.fill(9);
      message.options.allowWrite = false;
      message.room = "changed";
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
      const next = await TestWorker.start(backend.layer(), "w2");
      next.link.open(partition);
      await vi.waitFor(() => expect(next.messages).toHaveLength(1));
      expect(next.messages.map(plain)).toEqual([plain(receiveMessage(room, 1, Uint8Array.of(1, 2, 3)))]);
    });

    it("replays what is not acknowledged to a new owner, and never what is", async () => {
      const server = await TestServer.start(backend.layer(), "s1");
      const first = await TestWorker.start(backend.layer(), "w1");
      first.link.open(partition);
      for (let i = 1; i <= 6; i++) {
        server.link.send("test", receiveMessage(room, i));
        await turn();
      }
      await vi.waitFor(() => expect(first.entries).toHaveLength(6));
      first.link.acknowledge(partition, [first.entries[0]?.id as string, first.entries[3]?.id as string]);
      await first.link.close();
      const second = await TestWorker.start(backend.layer(), "w2");
      second.link.open(partition);
      await vi.waitFor(() => expect(sequences(second.messages)).toEqual([2, 3, 5, 6]));
    });

    it("replays when the same owner opens a partition anew, and not while it stays open", async () => {
      const server = await TestServer.start(backend.layer(), "s1");
      const worker = await TestWorker.start(backend.layer(), "w1");
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
      const server = await TestServer.start(backend.layer(), "s1");
      const worker = await TestWorker.start(backend.layer(), "w1");
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
      const server = await TestServer.start(backend.layer(), "s1");
      const worker = await TestWorker.start(backend.layer(), "w1");
      const witness = await TestWorker.start(backend.layer(), "w2");
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
      const server = await TestServer.start(backend.layer(), "s1");
      const worker = await TestWorker.start(backend.layer(), "w1");
      worker.onEntries = async () => {
        throw new Error("entries refused");
      };
      worker.link.open(partition);
      server.link.send("test", receiveMessage(room, 1));
      await vi.waitFor(() => expect(backend.errors.join()).toContain("entries refused"));
      worker.onEntries = async () => {};
      server.link.send("test", receiveMessage(room, 2));
      await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([1, 2]));
      const next = await TestWorker.start(backend.layer(), "w2");
      next.link.open(partition);
      await vi.waitFor(() => expect(sequences(next.messages)).toEqual([1, 2]));
    });

    it("loses nothing of 50,000 messages of three servers", async () => {
      const servers = await Promise.all(["s1", "s2", "s3"].map((id) => TestServer.start(backend.layer(), id)));
      const worker = await TestWorker.start(backend.layer(), "w1");
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
      const next = await TestWorker.start(backend.layer(), "w2");
      for (const number of new Set(rooms.map(partitionOf))) next.link.open(number);
      // All that was acknowledged is gone: the first thing that a new owner reads is what comes after it.
      await worker.link.close();
      servers[0]?.link.send("test", receiveMessage(rooms[0] as string, 50_001));
      await vi.waitFor(() => expect(sequences(next.messages)).toContain(50_001));
      expect(sequences(next.messages)).toEqual([50_001]);
    }, 30_000);
  });

  describe(`${name}: messages towards servers`, () => {
    it("delivers to one server only, in order", async () => {
      const one = await TestServer.start(backend.layer(), "s1");
      const two = await TestServer.start(backend.layer(), "s2");
      const worker = await TestWorker.start(backend.layer(), "w1");
      const first: ServerMessage[] = [
        { type: "forward", room, to: [1, 2], payloads: [Uint8Array.of(0, 2, 7), new Uint8Array()] },
        { type: "forward", room, to: "all", payloads: [new Uint8Array(5_000_000).fill(7)] },
        { type: "close", room, to: [3], code: 4403, reason: "no access – é" },
      ];
      const second: ServerMessage[] = [
        { type: "response", request: 5, error: null, body: Uint8Array.of(1, 2) },
        { type: "response", request: 6, error: "data-unavailable", body: new Uint8Array() },
      ];
      worker.link.deliver("s1", first);
      worker.link.deliver("s1", second);
      worker.link.deliver("s2", [{ type: "close", room, to: "all", code: 1012, reason: "" }]);
      worker.link.deliver("nobody", second);
      expect(one.messages).toEqual([]);
      await vi.waitFor(() => expect(one.messages).toHaveLength(5), { timeout: 5000 });
      await vi.waitFor(() => expect(two.messages).toHaveLength(1));
      expect(one.messages.map(plain)).toEqual([...first, ...second].map(plain));
    });

    it("announces to every server", async () => {
      const layers = [backend.layer(), backend.layer()];
      const servers = await Promise.all(
        ["s1", "s2"].map((id, index) => TestServer.start(layers[index] as ChannelLayer, id)),
      );
      const announcements: Announcement[] = [
        { type: "owner", channel: "test", partition: 3, term: "w1.1.1" },
        { type: "notice", room, notice: { kind: "renamed", title: "Naïve – 東京", by: "Ana" } },
        { type: "close", room: null, userId: "ben", code: 4401, reason: "signed out" },
      ];
      for (const announcement of announcements) await backend.layer().announce(announcement);
      for (const server of servers) await vi.waitFor(() => expect(server.announcements).toHaveLength(3));
      for (const server of servers)
        expect(server.announcements.map((item) => item.type).sort()).toEqual(["close", "notice", "owner"]);
      expect(servers[1]?.announcements).toEqual(expect.arrayContaining(announcements));
    });

    it("survives a server's handler that throws", async () => {
      const server = await TestServer.start(backend.layer(), "s1");
      const worker = await TestWorker.start(backend.layer(), "w1");
      server.onMessages = () => {
        throw new Error("messages refused");
      };
      worker.link.deliver("s1", [{ type: "response", request: 1, error: null, body: new Uint8Array() }]);
      await vi.waitFor(() => expect(backend.errors.join()).toContain("messages refused"));
      worker.link.deliver("s1", [{ type: "response", request: 2, error: null, body: new Uint8Array() }]);
      await vi.waitFor(() => expect(server.messages).toHaveLength(2));
    });
  });

  describe(`${name}: leases, beats, presence`, () => {
    it("leases a partition to one worker until it is released", async () => {
      const one = await TestWorker.start(backend.layer(), "w1");
      const two = await TestWorker.start(backend.layer(), "w2");
      expect(await one.link.lease(4)).toBe(true);
      expect(await two.link.lease(4)).toBe(false);
      expect(await two.link.lease(5)).toBe(true);
      await two.link.release(4);
      expect(await two.link.lease(4)).toBe(false);
      await one.link.release(4);
      expect(await two.link.lease(4)).toBe(true);
      expect(await one.link.lease(4)).toBe(false);
    });

    it("lets a lease run out, and not while it is renewed", async () => {
      const one = await TestWorker.start(backend.layer(), "w1");
      const two = await TestWorker.start(backend.layer(), "w2");
      expect(await one.link.lease(4)).toBe(true);
      expect(await one.link.lease(5)).toBe(true);
      // Partition 5 is renewed until partition 4 has run out, and for a while longer.
      await vi.waitFor(
        async () => {
          backend.elapse(backend.leaseTtl / 3);
          expect(await one.link.lease(5)).toBe(true);
          expect(await two.link.lease(4)).toBe(true);
        },
        { timeout: backend.leaseTtl * 3, interval: backend.leaseTtl / 10 },
      );
      expect(await two.link.lease(5)).toBe(false);
      expect(await one.link.lease(4)).toBe(false);
    });

    it("lists the workers of a channel that beat", async () => {
      const two = await TestWorker.start(backend.layer(), "w2");
      const one = await TestWorker.start(backend.layer(), "w1");
      const other = await backend.layer().worker("w3", "another", { onEntries: async () => {}, onGap: () => {} });
      await other.beat();
      await two.link.beat();
      expect(await one.link.beat()).toEqual(["w1", "w2"]);
      await vi.waitFor(
        async () => {
          backend.elapse(backend.leaseTtl / 2);
          expect(await one.link.beat()).toEqual(["w1"]);
        },
        { timeout: backend.leaseTtl * 3 },
      );
      expect(await two.link.beat()).toEqual(["w1", "w2"]);
      await two.link.close();
      expect(await one.link.beat()).toEqual(["w1"]);
    });

    it("lists the servers that beat, from their start", async () => {
      const one = await TestServer.start(backend.layer(), "s1");
      const two = await TestServer.start(backend.layer(), "s2");
      const worker = await TestWorker.start(backend.layer(), "w1");
      expect(await worker.link.servers()).toEqual(["s1", "s2"]);
      await vi.waitFor(
        async () => {
          backend.elapse(backend.serverTtl / 2);
          await one.link.beat(new Map());
          expect(await worker.link.servers()).toEqual(["s1"]);
        },
        { timeout: backend.serverTtl * 3 },
      );
      await two.link.beat(new Map());
      expect(await worker.link.servers()).toEqual(["s1", "s2"]);
      await two.link.close();
      expect(await worker.link.servers()).toEqual(["s1"]);
    });

    it("knows who is in a room over all servers, one entry per user, until the server is gone", async () => {
      const one = await TestServer.start(backend.layer(), "s1");
      const two = await TestServer.start(backend.layer(), "s2");
      await one.link.beat(
        new Map([
          ["a", [ana, ben]],
          ["b", [ben]],
          ["empty", []],
        ]),
      );
      await two.link.beat(
        new Map([
          ["a", [ben]],
          ["c", [ana]],
        ]),
      );
      const layer = backend.layer();
      expect(await layer.presence(["a", "b", "empty", "nowhere", "__proto__"])).toEqual(
        new Map([
          ["a", [ana, ben]],
          ["b", [ben]],
        ]),
      );
      await one.link.beat(new Map([["b", [ana]]]));
      expect(await layer.presence(["a", "b"])).toEqual(
        new Map([
          ["a", [ben]],
          ["b", [ana]],
        ]),
      );
      await vi.waitFor(
        async () => {
          backend.elapse(backend.serverTtl / 2);
          await two.link.beat(new Map([["c", [ana]]]));
          expect(await layer.presence(["b", "c"])).toEqual(new Map([["c", [ana]]]));
        },
        { timeout: backend.serverTtl * 3 },
      );
      await two.link.close();
      expect(await layer.presence(["b", "c"])).toEqual(new Map());
    });

    it("answers a ping, and has sent everything when a link is closed", async () => {
      const server = await TestServer.start(backend.layer(), "s1");
      await backend.layer().ping();
      server.link.send("test", receiveMessage(room, 1));
      await server.link.close();
      const worker = await TestWorker.start(backend.layer(), "w1");
      worker.link.open(partition);
      await vi.waitFor(() => expect(sequences(worker.messages)).toEqual([1]));
    });
  });
}

/** Buffers and plain arrays of bytes compare as equal; comparing 5 MB item by item would take seconds. */
function plain(message: RoomMessage | ServerMessage): unknown {
  const bytes = (value: Uint8Array) => Buffer.from(value).toString("latin1");
  if (message.type === "receive") return { ...message, payload: bytes(message.payload) };
  if (message.type === "forward") return { ...message, payloads: message.payloads.map(bytes) };
  if (message.type === "response") return { ...message, body: bytes(message.body) };
  return message;
}

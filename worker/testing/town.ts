// A small world for tests of the worker: the real in-process channel layer and memory storage, real workers, and
// clients that are real Y.Docs speaking the wire protocol through a server link. No sockets, no database.
import pino from "pino";
import * as Y from "yjs";
import type { ServerLink } from "#lib/channel-layer/channel-layer.ts";
import { MemoryChannelLayer } from "#lib/channel-layer/memory.ts";
import { concat } from "#lib/concat.ts";
import { decodeFrame, encodeSaved, encodeStep1, encodeStep2, encodeUpdate } from "#lib/frames.ts";
import type { Announcement, ClientOptions, ServerMessage } from "#lib/messages.ts";
import { Requests } from "#lib/requests.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";
import type { Storage } from "#worker/storage/storage.ts";
import { Worker } from "#worker/worker.ts";

export const silent = pino({ level: "silent" });
export const options: ClientOptions = {
  allowWrite: true,
  allowWriteAwareness: true,
  extended: true,
  framing: "y-websocket",
};

export class Town {
  readonly layer = new MemoryChannelLayer({ log: silent });
  storage: Storage = createMemoryStorage();
  readonly announcements: Announcement[] = [];
  /** What pages and route handlers of this town's server may ask. */
  readonly requests = new Requests((message, channel) => this.link.send(channel, message), 2_000);
  #link: ServerLink | null = null;
  #clients = new Map<number, TownClient>();
  #workers: Worker[] = [];

  /** Registers the one server of this town and starts a worker. */
  async start(): Promise<Worker> {
    this.#link = await this.layer.server("s1", {
      onMessages: (messages) => {
        for (const message of messages) this.#receive(message);
      },
      onAnnouncement: (announcement) => this.announcements.push(announcement),
      onGap: () => {},
      onLost: () => {},
    });
    await this.#link.beat(new Map());
    return this.addWorker("w1");
  }

  async addWorker(id: string): Promise<Worker> {
    const worker = new Worker({ id, channel: "yroom", layer: this.layer, storages: () => this.storage, log: silent });
    await worker.start();
    this.#workers.push(worker);
    return worker;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()));
    await this.layer.close();
  }

  get link(): ServerLink {
    if (!this.#link) throw new Error("start the town first");
    return this.#link;
  }

  join(name: string, room: string): TownClient {
    const client = new TownClient(this, name, room, this.#clients.size + 1);
    this.#clients.set(client.connection, client);
    return client;
  }

  #receive(message: ServerMessage): void {
    if (message.type === "response") {
      this.requests.receive(message);
      return;
    }
    if (message.type === "saved") {
      for (const [connection, n] of message.frames) this.#clients.get(connection)?.receive(encodeSaved(n));
      return;
    }
    if (message.type === "own") return;
    for (const client of this.#clients.values()) {
      if (client.room !== message.room || (message.to !== "all" && !message.to.includes(client.connection))) continue;
      if (message.type === "close") client.closed = message.code;
      else for (const frame of framesOf(message)) client.receive(frame);
    }
  }
}

/** Nothing is kept in this town, so that every state comes with its bytes. */
function framesOf({ payloads, state }: Extract<ServerMessage, { type: "forward" }>): Uint8Array[] {
  return payloads.map((payload, index) =>
    state?.at === index ? concat([state.bytes as Uint8Array, payload]) : payload,
  );
}

/** One browser: `type` writes, `text` reads, `saved` is the last frame that the database has. */
export class TownClient {
  readonly doc = new Y.Doc();
  readonly room: string;
  readonly connection: number;
  readonly #town: Town;
  readonly #name: string;
  sequence = 0;
  saved = 0;
  closed: number | null = null;
  readonly frames: Uint8Array[] = [];

  constructor(town: Town, name: string, room: string, connection: number) {
    this.#town = town;
    this.#name = name;
    this.room = room;
    this.connection = connection;
    this.connect(false);
    this.send(encodeStep1(Y.encodeStateVector(this.doc)));
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.send(encodeUpdate(update));
    });
  }

  connect(resync: boolean): void {
    const member = { id: `u-${this.#name}`, name: this.#name, color: 1 };
    this.#town.link.send("yroom", {
      type: "connect",
      room: this.room,
      connection: this.connection,
      member,
      options,
      resync,
      state: null,
    });
  }

  disconnect(): void {
    this.#town.link.send("yroom", { type: "disconnect", room: this.room, connection: this.connection, clients: [] });
  }

  send(payload: Uint8Array): void {
    this.sequence++;
    const { room, connection, sequence } = this;
    const userId = `u-${this.#name}`;
    this.#town.link.send("yroom", {
      type: "receive",
      ...{ room, connection, sequence, userId, options },
      relayed: false,
      answered: false,
      payload,
    });
  }

  receive(frame: Uint8Array): void {
    this.frames.push(frame);
    for (const message of decodeFrame(frame)) {
      if (message.type === "step1") this.send(encodeStep2(Y.encodeStateAsUpdate(this.doc, message.stateVector)));
      else if (message.type === "step2" || message.type === "update") Y.applyUpdate(this.doc, message.update, this);
      else if (message.type === "saved") this.saved = message.sequence;
    }
  }

  type(text: string): void {
    const target = this.doc.getText("t");
    target.insert(target.length, text);
  }

  get text(): string {
    return this.doc.getText("t").toString();
  }
}

// The fuzz's world: real servers' consumers, real workers, the in-process channel layer and memory storage, joined to
// writers by queues. Everything that may go wrong is a method; when, is up to story.ts. Time is faked by the caller.
import pino from "pino";
import { MemoryChannelLayer } from "#lib/channel-layer/memory.ts";
import { concat } from "#lib/concat.ts";
import { Consumers } from "#server/consumers.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";
import { Worker } from "#worker/worker.ts";
import { admitted } from "../full-path.ts";
import { Leaks } from "./leaky.ts";
import { Life, mortalLayer, mortalStorage } from "./mortal.ts";
import type { Random } from "./random.ts";
import { Writer } from "./writer.ts";

export const ROOM = "prosemirror.fuzz";
const log = pino({ level: "silent" });
const options = { allowWrite: true, allowWriteAwareness: true, extended: true, framing: "y-websocket" } as const;

/** What this reads of a worker's part of a diagnostic dump. */
interface Described {
  partitions: { rooms: { name: string; connections: { id: string }[] }[] }[];
}

interface Process {
  life: Life;
}

interface ServerProcess extends Process {
  consumers: Consumers;
  leaks: Leaks;
}

interface WorkerProcess extends Process {
  worker: Worker;
}

/** A socket: what is on its way, in both directions, in order. */
interface Socket {
  writer: Writer;
  server: ServerProcess;
  up: Uint8Array[];
  down: Uint8Array[];
  open: boolean;
  receive(frame: Uint8Array): void;
  end(): void;
}

export class World {
  readonly random: Random;
  readonly layer = new MemoryChannelLayer({ log });
  readonly storage = createMemoryStorage();
  readonly writers: Writer[] = [];
  readonly servers: ServerProcess[] = [];
  readonly workers: WorkerProcess[] = [];
  #sockets: Socket[] = [];
  #started = 0;
  /** The store refuses everything. */
  away = false;
  /** Close codes that a writer did not deserve. */
  readonly refusals: number[] = [];
  faults = 0;

  constructor(random: Random) {
    this.random = random;
  }

  async startServer(): Promise<void> {
    const life = new Life();
    const consumers = new Consumers(log, () => {
      throw new Error("no requests here");
    });
    const leaks = new Leaks();
    await consumers.start(`s${++this.#started}`, mortalLayer(leaks.of(this.layer), life));
    this.servers.push({ life, consumers, leaks });
  }

  async startWorker(): Promise<void> {
    const life = new Life();
    const pause = async () => {
      const ms = this.random.between(0, 20);
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      if (this.away) throw new Error("the store is away");
    };
    const storage = mortalStorage(this.storage, life, pause);
    const id = `w${++this.#started}`;
    const worker = new Worker({
      id,
      channel: "yroom",
      layer: mortalLayer(this.layer, life),
      storages: () => storage,
      log,
      dump: async () => "",
    });
    this.workers.push({ life, worker });
    await worker.start();
  }

  addWriter(): void {
    this.writers.push(new Writer("abcdefgh"[this.writers.length] ?? "z", this.random));
  }

  connect(writer: Writer): void {
    const server = this.random.pick(this.servers);
    if (writer.line || !server) return;
    const socket: Socket = { writer, server, up: [], down: [], open: true, receive: () => {}, end: () => {} };
    const consumer = server.consumers.add(admitted(ROOM, writer.name, options), {
      send: ({ payloads }) => {
        for (const payload of payloads) socket.down.push(concat(payload));
      },
      close: (code) => {
        if (code >= 4400 && code < 4500) this.refusals.push(code);
        this.#cut(socket);
      },
      buffered: 0,
    });
    socket.receive = (frame) => void consumer.receive(frame);
    socket.end = () => consumer.end();
    this.#sockets.push(socket);
    writer.connected({ send: (frame) => void socket.up.push(frame), cut: () => this.#cut(socket) });
  }

  /** Whatever is on its way is lost; the server hears of it unless it is dead. */
  #cut(socket: Socket): void {
    if (!socket.open) return;
    socket.open = false;
    this.#sockets = this.#sockets.filter((other) => other !== socket);
    socket.writer.disconnected();
    if (!socket.server.life.isOver) socket.end();
  }

  /** Chance has the way to a server leak, or mends it. */
  leak({ leaks }: ServerProcess): void {
    this.faults++;
    const dice = this.random.next();
    if (dice < 0.4) leaks.mend();
    else if (dice < 0.6) leaks.deafen();
    else if (dice < 0.8) leaks.isMute = true;
    else leaks.isStill = true;
  }

  mend(): void {
    this.away = false;
    for (const { leaks } of this.servers) leaks.mend();
  }

  killServer(server: ServerProcess): void {
    this.faults++;
    server.life.end();
    this.servers.splice(this.servers.indexOf(server), 1);
    for (const socket of this.#sockets.filter((one) => one.server === server)) this.#cut(socket);
  }

  killWorker(process: WorkerProcess): void {
    this.faults++;
    process.life.end();
    this.workers.splice(this.workers.indexOf(process), 1);
  }

  /** Politely; it saves everything first. */
  stopWorker(process: WorkerProcess): Promise<void> {
    this.faults++;
    this.workers.splice(this.workers.indexOf(process), 1);
    return process.worker.stop();
  }

  /** Moves some frames of some sockets; all of them if `everything`. Those of one direction keep their order. */
  transport(everything = false): void {
    for (const socket of this.#sockets) {
      for (const [queue, take] of [
        [socket.up, socket.receive],
        [socket.down, (frame: Uint8Array) => socket.writer.receive(frame)],
      ] as const) {
        for (let count = everything ? queue.length : this.random.between(0, queue.length); count > 0; count--) {
          const frame = queue.shift();
          if (frame && socket.open) take(frame);
        }
      }
    }
  }

  /** Ids of the connections that the room has, as its owner says. */
  connections(): string[] {
    const rooms = this.workers
      .flatMap(({ worker }) => (worker.describe() as Described).partitions)
      .flatMap((p) => p.rooms);
    return rooms.filter(({ name }) => name === ROOM).flatMap((room) => room.connections.map(({ id }) => id));
  }

  get isQuiet(): boolean {
    return this.#sockets.every(({ up, down }) => up.length === 0 && down.length === 0);
  }
}

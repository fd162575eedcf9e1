// The whole path from a real socket to the room and back, in one process, for tests: HTTP upgrade, gates, consumers,
// in-process channel layer and workers. Only login and database are left out.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { MemoryChannelLayer } from "#lib/channel-layer/memory.ts";
import type { ClientOptions } from "#lib/messages.ts";
import type { Admission } from "#server/admission.ts";
import type { ClientSocket } from "#server/client-socket.ts";
import { Consumers } from "#server/consumers.ts";
import type { Gate } from "#server/gates/gate.ts";
import { attachWebSockets } from "#server/web-sockets.ts";
import { createMemoryStorage } from "#worker/storage/memory.ts";
import type { Storage } from "#worker/storage/storage.ts";
import { Worker } from "#worker/worker.ts";

const log = pino({ level: "silent" });

export interface FullPath {
  /** `ws://127.0.0.1:<port>` */
  url: string;
  layer: MemoryChannelLayer;
  consumers: Consumers;
  sockets: ReadonlySet<ClientSocket>;
  startWorker(id: string): Promise<Worker>;
  /** Called by `stop`, last one first. */
  onStop(end: () => unknown): void;
  stop(): Promise<void>;
}

export async function startFullPath(gates: Gate[], storage: Storage = createMemoryStorage()): Promise<FullPath> {
  const ends: (() => unknown)[] = [];
  const layer = new MemoryChannelLayer({ log });
  const consumers = new Consumers(log, () => {
    throw new Error("no requests here");
  });
  await consumers.start("s1", layer);
  const server = createServer();
  const sockets = attachWebSockets({ server, consumers, gates, allowedOrigins: [], log });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(
    () => layer.close(),
    () => server.close(),
    () => consumers.stop(),
  );
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    layer,
    consumers,
    sockets,
    startWorker: async (id) => {
      const worker = new Worker({ id, channel: "yroom", layer, storages: () => storage, log });
      await worker.start();
      ends.push(() => worker.stop());
      return worker;
    },
    onStop: (end) => ends.push(end),
    stop: async () => {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}

/** Lets `name` into `room` with these options; there is no account behind it. */
export function admitted(room: string, name: string, options: ClientOptions): Admission {
  const member = { id: `u-${name}`, name, color: 3 };
  return { room, channel: "yroom", documentId: null, member, sessionVersion: 1, options };
}

// A server of somebody else: scripts in peers/ as processes of their own, one or several, with or without Redis and a
// file for SQLite. Rooms are names; nobody has to make them.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Dialect } from "../load/dialects.ts";
import { type Child, freePort, isOpen, startChild, until } from "./child.ts";
import { type Redis, startRedis } from "./services.ts";
import type { RunningTarget, StartOptions, Target, Written } from "./target.ts";

export interface Peer extends Pick<Target, "name" | "label" | "crashes" | "unloads" | "sameLoadAs"> {
  script: string;
  dialect: Dialect;
  servers: number;
  redis: boolean;
  /** When documents are kept in SQLite: never, always, or if the scenario is about storage. */
  sqlite: "never" | "always" | "if stored";
}

export function peer({ script, dialect, servers, redis: withRedis, sqlite, ...target }: Peer): Target {
  const start = async ({ folder, stored = false, nodeArguments = [] }: StartOptions): Promise<RunningTarget> => {
    const redis: Redis | null = withRedis ? await startRedis(join(folder, "redis")) : null;
    const ports = await Promise.all(Array.from({ length: servers }, freePort));
    const file = sqlite === "always" || (stored && sqlite === "if stored") ? join(folder, "documents.sqlite") : "";
    const run = async (port: number) => {
      const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, NODE_ENV: "production" };
      Object.assign(env, { HOST: "127.0.0.1", PORT: String(port), SQLITE: file, REDIS_PORT: redis ? redis.port : "" });
      const path = fileURLToPath(new URL(`../peers/${script}.mjs`, import.meta.url));
      const child = startChild(process.execPath, [...nodeArguments, path], { env });
      await until(() => isOpen(port), child, target.label);
      return child;
    };
    const children: Child[] = [];
    for (const port of ports) children.push(await run(port));
    return {
      parts: () => ({ server: children.map(({ pid }) => pid), ...(redis ? { redis: [redis.child.pid] } : {}) }),
      makeRooms: async (count) => Array.from({ length: count }, () => `bench-${randomBytes(8).toString("hex")}`),
      seat: (room, index) => ({
        url: `ws://127.0.0.1:${ports[index % ports.length]}/${dialect === "y-websocket" ? room : ""}`,
        headers: {},
        dialect,
        room,
      }),
      kill: async () => {
        await Promise.all(children.map((child) => child.end("SIGKILL")));
      },
      restart: async () => {
        for (const [index, child] of children.entries()) {
          if (child.hasEnded()) children[index] = await run(ports[index] as number);
        }
      },
      ...(file ? { written: () => written(ports) } : {}),
      stop: async () => {
        await Promise.all(children.map((child) => child.end()));
        await redis?.child.end();
      },
    };
  };
  return { ...target, start };
}

async function written(ports: number[]): Promise<Written> {
  const answers = await Promise.all(
    ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/written`)).text()),
  );
  return { log: 0, snapshots: answers.reduce((sum, answer) => sum + Number(answer), 0), disk: null };
}

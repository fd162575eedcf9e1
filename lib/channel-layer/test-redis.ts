// A redis-server of a test's own, with an append-only file, for tests that kill and pause it.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";

const PROGRAM = "redis-server";
/** A node that is away does not stop the others, and is missed after a second. */
const CLUSTER = {
  "cluster-enabled": "yes",
  "cluster-node-timeout": 1_000,
  "cluster-require-full-coverage": "no",
  "repl-diskless-sync-delay": 0,
};

export class TestRedis {
  readonly #folder = mkdtempSync(join(tmpdir(), "yroom-redis-"));
  #port = 0;
  #busPort = 0;
  #process: ChildProcess | null = null;

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** Of the nodes of a cluster among themselves. */
  get busPort(): number {
    return this.#busPort;
  }

  get running(): boolean {
    return this.#process !== null;
  }

  /**
   * Resolves when it answers; `appendOnly: false` makes it forget everything when it ends, `cluster` makes it a node
   * of one.
   */
  async start({ appendOnly = true, cluster = false } = {}): Promise<void> {
    this.#port ||= await freePort();
    this.#busPort ||= await freePort();
    const settings = {
      port: this.#port,
      bind: "127.0.0.1",
      dir: this.#folder,
      appendonly: appendOnly ? "yes" : "no",
      ...(cluster ? { ...CLUSTER, "cluster-port": this.#busPort } : {}),
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(PROGRAM, [...args, "--save", "", "--appendfsync", "everysec"], { stdio: "ignore" });
    this.#process = child;
    const failed = new Promise<never>((_, reject) => {
      child.once("error", () =>
        reject(new Error(`${PROGRAM} cannot be started; install it: apt-get install redis-server`)),
      );
    });
    await Promise.race([this.command("PING"), failed]);
  }

  /** Sends one command over a connection of its own; waits for Redis to be there. */
  async command(name: string, ...args: (string | number | Buffer)[]): Promise<unknown> {
    const redis = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
    redis.on("error", () => {});
    try {
      return await redis.call(name, ...args);
    } finally {
      redis.disconnect();
    }
  }

  /** Sends commands at once, over a connection of their own. */
  async pipeline(commands: (readonly [name: string, ...args: (string | number | Buffer)[]])[]): Promise<void> {
    const redis = new Redis(this.url);
    try {
      await Promise.all(commands.map(([name, ...args]) => redis.call(name, ...args)));
    } finally {
      redis.disconnect();
    }
  }

  /** Cuts the connections with this role (see redis-connection.ts). */
  async cut(role: string): Promise<void> {
    const clients = String(await this.command("CLIENT", "LIST")).split("\n");
    const ids = clients
      .filter((line) => line.includes(` name=yroom-${role} `))
      .map((line) => /id=(\d+)/.exec(line)?.[1]);
    if (ids.length === 0) throw new Error(`no connection with the role ${role}`);
    for (const id of ids) await this.command("CLIENT", "KILL", "ID", id as string);
  }

  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  /** As for a restart by its operator: it says goodbye to its clients. Resolves when it is gone. */
  shutDown(): Promise<void> {
    return this.#end("SIGTERM");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
  }

  pause(): void {
    this.#process?.kill("SIGSTOP");
  }

  resume(): void {
    this.#process?.kill("SIGCONT");
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

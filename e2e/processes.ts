// Starts the production processes that a spec needs, on free ports, and ends them: politely or by SIGKILL.
import { type ChildProcess, spawn } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";

/** Characters of a process' output that are kept. */
const KEPT = 200_000;
const root = fileURLToPath(new URL("..", import.meta.url));

/** A running process of ours. */
export interface Running {
  pid: number;
  /** What it has printed, the last of it if that is much. */
  output(): string;
  /** How many characters it has printed so far: where `since` begins. */
  printed(): number;
  /** What it has printed since then. */
  since(mark: number): string;
  hasEnded(): boolean;
  /** Resolves with the exit code, null after a signal. */
  ended: Promise<number | null>;
  /** SIGTERM, unless said otherwise; resolves with the exit code once it has saved and gone. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** A TCP port that nobody uses right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "localhost", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Runs dist/<name>.js with nothing but the given environment. */
export function startProcess(name: string, env: Record<string, string>, args: string[] = []): Running {
  const child = spawn(process.execPath, ["--enable-source-maps", `dist/${name}.js`, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR ?? "/tmp", NODE_ENV: "production", ...env },
  });
  let output = "";
  let printed = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      const text = chunk.toString();
      printed += text.length;
      output = (output + text).slice(-KEPT);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    printed: () => printed,
    since: (mark) => output.slice(Math.max(0, output.length - (printed - mark))),
    hasEnded: () => hasEnded(child),
    ended,
    stop: (signal = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Resolves when `<url>/api/ready` says yes. Rejects after `limit` ms, or when the process has ended. */
export async function untilReady(url: string, server: Running, limit = 60_000): Promise<void> {
  const deadline = Date.now() + limit;
  let last = "no answer";
  while (Date.now() < deadline) {
    if (server.hasEnded()) throw new Error(`The process ended:\n${server.output()}`);
    try {
      const response = await fetch(`${url}/api/ready`, { signal: AbortSignal.timeout(5_000) });
      if (response.ok) return;
      last = await response.text();
    } catch (error) {
      last = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not ready after ${limit} ms: ${last}\n${server.output()}`);
}

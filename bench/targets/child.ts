// Processes that a target consists of: started, awaited, ended; what they print is kept for the error message.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { connect, createServer } from "node:net";

export interface Child {
  pid: number;
  output(): string;
  hasEnded(): boolean;
  /** `signal` first, SIGKILL after 10 s; resolves when it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

const started = new Set<Child>();

/** Ends whatever still runs, for when the bench itself is ended. */
export async function endChildren(): Promise<void> {
  await Promise.all([...started].map((child) => child.end("SIGINT")));
}

export function startChild(command: string, args: string[], options: SpawnOptions = {}): Child {
  // A group of its own: Ctrl+C reaches the bench, which ends its children itself.
  const child: ChildProcess = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let output = "";
  const keep = (chunk: Buffer | string) => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.on("error", (error) => keep(error.message));
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  const running: Child = {
    pid: child.pid ?? 0,
    output: () => output,
    hasEnded,
    end: (signal = "SIGTERM") =>
      new Promise((resolve) => {
        if (hasEnded()) return resolve();
        const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
        child.once("exit", () => {
          clearTimeout(timer);
          resolve();
        });
        child.kill(signal);
      }),
  };
  started.add(running);
  child.once("exit", () => started.delete(running));
  return running;
}

/** A TCP port of 127.0.0.1 that nobody uses right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Polls until `check` answers true; rejects with the child's output if it ends first, or after `limit` ms. */
export async function until(check: () => Promise<boolean>, child: Child, what: string, limit = 60_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (Date.now() < deadline) {
    if (child.hasEnded()) throw new Error(`${what} ended:\n${child.output()}`);
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`${what} was not ready within ${limit} ms:\n${child.output()}`);
}

/** Whether something listens there. */
export function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}

// Starts the generator as a process of its own, so that its work is not counted as anybody's, and hands it commands.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Commands } from "./generator.ts";

export interface Generator {
  pid: number;
  call<Name extends keyof Commands>(
    name: Name,
    ...argument: Parameters<Commands[Name]>
  ): Promise<Awaited<ReturnType<Commands[Name]>>>;
  stop(): void;
}

export function startGenerator(): Generator {
  const child = fork(fileURLToPath(new URL("generator.ts", import.meta.url)), {
    execArgv: ["--import", "tsx", "--max-semi-space-size=32"],
    serialization: "advanced",
  });
  let waiting: { resolve(result: unknown): void; reject(error: Error): void } | null = null;
  child.on("message", (message: { result?: unknown; error?: string }) => {
    const caller = waiting;
    waiting = null;
    if (message.error !== undefined) caller?.reject(new Error(message.error));
    else caller?.resolve(message.result);
  });
  child.on("exit", (code) => waiting?.reject(new Error(`the generator ended with ${code}`)));
  return {
    pid: child.pid ?? 0,
    call: (name, ...[argument]) =>
      new Promise((resolve, reject) => {
        waiting = { resolve: resolve as (result: unknown) => void, reject };
        child.send({ name, argument });
      }),
    stop: () => child.disconnect(),
  };
}

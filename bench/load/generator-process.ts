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
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let next = 0;
  child.on("message", ({ id, result, error }: { id: number; result?: unknown; error?: string }) => {
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error !== undefined) caller?.reject(new Error(error));
    else caller?.resolve(result);
  });
  child.on("exit", (code) => {
    for (const caller of waiting.values()) caller.reject(new Error(`the generator ended with ${code}`));
  });
  return {
    pid: child.pid ?? 0,
    call: (name, ...[argument]) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
        child.send({ id, name, argument });
      }),
    stop: () => child.disconnect(),
  };
}

// Asks the two people next door (neighbours-process.ts) how long their edits took.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("neighbours-process.ts", import.meta.url));

/** Answered when everything that was under way has arrived, and so many edits have. */
export interface Question {
  atLeast: number;
}

export interface Measured {
  /** ms from one to the other, of every edit since the last question. */
  latencies: number[];
  /** How often one of the two was cut off since the start. */
  closes: number;
}

export class Neighbours {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves when both have the document open. */
  static async start(url: string, documentId: string, cookies: Map<string, string>): Promise<Neighbours> {
    const env = { ...process.env, NEIGHBOURS: JSON.stringify({ url, documentId, cookies: [...cookies] }) };
    const child = spawn(process.execPath, ["--import", "tsx", program], {
      env,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const ended = once(child, "exit").then(() => {
      throw new Error("the neighbours are gone");
    });
    await Promise.race([once(child, "message"), ended]);
    ended.catch(() => {});
    return new Neighbours(child);
  }

  async measure(question: Question): Promise<Measured> {
    this.#child.send(question);
    const [answer] = await once(this.#child, "message");
    return answer as Measured;
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.#child.kill();
    await gone;
  }
}

/** The value below which this share of them lies. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

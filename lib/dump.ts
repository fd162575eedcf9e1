// Diagnostic dumps: what a process is doing, as JSON in a file that only its user may read, for whoever looks into a
// problem later. Figures, ids and states; never text of documents, names, addresses, cookies or tokens. Written on
// SIGUSR2, and when an administrator asks for one. Who knows something registers it with `include`.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Log } from "#lib/log.ts";
import { LOOP_RESOLUTION } from "#lib/metrics.ts";
import { commit, version } from "#lib/version.ts";
import { latestWarnings } from "#lib/warnings.ts";

/** Dumps that stay in the data folder; older ones are removed. */
const KEPT = 20;

type Section = () => unknown;

export class Dumps {
  readonly #name: string;
  readonly #dataDir: string;
  readonly #log: Log;
  readonly #loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION });
  #sections = new Map<string, Section>();
  #writing: Promise<string> | null = null;

  /** `name` is the process's role. `dataDir` is used if it exists, else the system's folder for temporary files. */
  constructor(name: string, dataDir: string, log: Log) {
    this.#name = name;
    this.#dataDir = dataDir;
    this.#log = log;
    this.#loop.enable();
    process.on("SIGUSR2", () => void this.write().catch(() => {}));
  }

  /** `read` is called for every dump; its answer must be JSON, and hold figures, ids and states only. */
  include(name: string, read: Section): void {
    this.#sections.set(name, read);
  }

  /** Writes one file and answers its path; calls while one is being written answer the same. */
  write(): Promise<string> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async #write(): Promise<string> {
    try {
      const file = `${new Date().toISOString().replaceAll(/[:.]/g, "-")}-${this.#name}-${process.pid}.json`;
      const path = join(await this.#folder(), file);
      await writeFile(path, `${JSON.stringify(this.collect(), null, 2)}\n`, { mode: 0o600, flag: "wx" });
      this.#log.info({ path }, "diagnostic dump written");
      return path;
    } catch (error) {
      this.#log.error({ err: error }, "the diagnostic dump could not be written");
      throw error;
    }
  }

  async #folder(): Promise<string> {
    // Its random name keeps others from putting a link there.
    if (!existsSync(this.#dataDir)) return mkdtemp(join(tmpdir(), "yroom-diagnostics-"));
    const folder = join(this.#dataDir, "diagnostics");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const old = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
    for (const name of old.slice(0, Math.max(0, old.length - KEPT + 1))) await rm(join(folder, name), { force: true });
    return folder;
  }

  /** What a dump holds. */
  collect(): Record<string, unknown> {
    // What Node measures is the time from one look to the next.
    const late = (nanoseconds: number) => Math.max(0, Math.round(nanoseconds / 1e4) / 100 - LOOP_RESOLUTION);
    const { mean, max } = this.#loop;
    const resources: Record<string, number> = {};
    for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
    return {
      at: new Date().toISOString(),
      process: {
        name: this.#name,
        host: hostname(),
        pid: process.pid,
        version,
        commit,
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
        uptimeSeconds: Math.round(process.uptime()),
      },
      memoryBytes: process.memoryUsage(),
      cpuMicroseconds: process.cpuUsage(),
      load: loadavg(),
      eventLoopDelayMs: { mean: late(mean), p99: late(this.#loop.percentile(99)), max: late(max) },
      activeResources: resources,
      ...Object.fromEntries([...this.#sections].map(([name, read]) => [name, attempt(read)])),
      latestWarnings: latestWarnings(),
    };
  }
}

/** One part that fails must not cost the rest. */
function attempt(read: Section): unknown {
  try {
    return read();
  } catch (error) {
    return { failed: error instanceof Error ? error.name : "error" };
  }
}

// How large the logs are that a server writes to: what Redis says of them with each beat, and what was sent since. It need
// not be exact; it is there so that a database that is away for long does not cost Redis all its memory.
import type { Log } from "#lib/log.ts";
import type { RedisPool } from "./redis-pool.ts";

/** Bytes of a log that are not worth another look. */
const SMALL = 64 * 1024;
/** Nodes of a stream that Redis weighs to judge the others. */
const SAMPLES = 20;

export class RedisBacklog {
  readonly #pool: RedisPool;
  readonly #log: Log;
  #logs = new Map<string, { measured: number; since: number }>();
  #failing = false;

  constructor(pool: RedisPool, log: Log) {
    this.#pool = pool;
    this.#log = log;
  }

  /** So much was sent to the log of this key. */
  add(key: string, bytes: number): void {
    const log = this.#logs.get(key);
    if (log) log.since += bytes;
    else this.#logs.set(key, { measured: 0, since: bytes });
  }

  of(key: string): number {
    const log = this.#logs.get(key);
    return log ? log.measured + log.since : 0;
  }

  /** Asks Redis about the logs that matter; never rejects. */
  async look(): Promise<void> {
    const matter = [...this.#logs].filter(([, { measured, since }]) => measured + since > SMALL);
    await Promise.all(
      matter.map(async ([key, log]) => {
        const { since } = log;
        try {
          const bytes = await this.#pool.run(key, (redis) => redis.call("MEMORY", "USAGE", key, "SAMPLES", SAMPLES));
          log.measured = Number(bytes ?? 0);
          log.since -= since;
          this.#failing = false;
        } catch (error) {
          if (!this.#failing) this.#log.warn({ err: error }, "cannot ask Redis how large its logs are");
          this.#failing = true;
        }
      }),
    );
  }
}

// Slows down and limits wrong passwords, per account and per address, so that guessing gets nowhere and one address
// cannot lock everybody out at no cost. Counted in Redis where there is one, so that all servers count together.
import { Redis } from "ioredis";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { runtime } from "#lib/runtime.ts";

/** Attempts until a success: ten in a quarter of an hour per account from one address, a hundred per address. */
const PER_ACCOUNT = { points: 10, duration: 15 * 60, keyPrefix: "yroom:login:account" };
const PER_ADDRESS = { points: 100, duration: 15 * 60, keyPrefix: "yroom:login:address" };
/** From this attempt on every further one waits, ms each. */
const FREE_ATTEMPTS = 3;
const DELAY = 400;

export class LoginLimits {
  readonly #account: RateLimiterAbstract;
  readonly #address: RateLimiterAbstract;
  readonly #pause: (ms: number) => Promise<unknown>;

  constructor(redis: Redis | null, pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))) {
    const create = (options: typeof PER_ACCOUNT) =>
      redis
        ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: new RateLimiterMemory(options) })
        : new RateLimiterMemory(options);
    this.#account = create(PER_ACCOUNT);
    this.#address = create(PER_ADDRESS);
    this.#pause = pause;
  }

  /** Counts an attempt. Answers 0 if it may go on, after a pause if there were some; else the seconds to wait. */
  async begin(email: string, address: string): Promise<number> {
    try {
      await this.#address.consume(address);
      const { consumedPoints } = await this.#account.consume(key(email, address));
      await this.#pause(Math.max(0, consumedPoints - FREE_ATTEMPTS) * DELAY);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.ceil(refused.msBeforeNext / 1000);
      throw refused;
    }
  }

  /** The password was right: earlier attempts are forgiven. */
  async succeed(email: string, address: string): Promise<void> {
    await Promise.all([this.#account.delete(key(email, address)), this.#address.reward(address)]);
  }
}

function key(email: string, address: string): string {
  return `${email} ${address}`;
}

const holder = globalThis as typeof globalThis & { __yroomLoginLimits?: LoginLimits };

/** The limits of this process; Next evaluates modules more than once, so they live on globalThis. */
export function loginLimits(): LoginLimits {
  if (!holder.__yroomLoginLimits) {
    const { REDIS_URL } = runtime().env;
    const redis = REDIS_URL ? new Redis(REDIS_URL, { enableOfflineQueue: false, maxRetriesPerRequest: 0 }) : null;
    // Without a listener an outage would end the process; the limiter falls back to counting in memory.
    redis?.on("error", () => {});
    holder.__yroomLoginLimits = new LoginLimits(redis);
  }
  return holder.__yroomLoginLimits;
}

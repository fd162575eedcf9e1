// Slows down and limits wrong passwords: per account and address, per account from everywhere, per address. Counted in
// Redis where there is one, so that all servers count together, and in memory while Redis is away.
import { createHash } from "node:crypto";
import { Cluster, Redis, type RedisOptions } from "ioredis";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { parseRedisUrl, type RedisTarget } from "#lib/redis-url.ts";
import { runtime } from "#lib/runtime.ts";
import { networkOf } from "./client-address.ts";

/** Seconds that an attempt counts. */
const WINDOW = 15 * 60;

/**
 * Attempts in a window. One person at one address is stopped soon. The limit of an account over all addresses is high:
 * whoever reaches it keeps the account's owner out too, so that this must cost more than one machine.
 */
const POINTS = { pair: 10, account: 100, address: 100 } as const;

/** Attempts without a pause, per account and address; each further one waits `PAUSE` ms longer than the one before. */
const FREE_ATTEMPTS = 3;
const PAUSE = 400;

type Scope = keyof typeof POINTS;

export class LoginLimits {
  readonly #limiters: { scope: Scope; limiter: RateLimiterAbstract }[];
  readonly #pause: (ms: number) => Promise<unknown>;

  /** `pause` waits so many ms. */
  constructor(
    redis: Redis | Cluster | null,
    pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
  ) {
    this.#limiters = (["address", "account", "pair"] as const).map((scope) => ({
      scope,
      limiter: createLimiter(redis, { points: POINTS[scope], duration: WINDOW, keyPrefix: `yroom:login:${scope}` }),
    }));
    this.#pause = pause;
  }

  /**
   * Counts an attempt, before the password is looked at, so that many at once do not slip through. Answers 0 if it may
   * go on, after a pause if there were some before; else the seconds to wait.
   */
  async begin(email: string, address: string): Promise<number> {
    let attempts = 0;
    for (const { scope, limiter } of this.#limiters) {
      try {
        attempts = (await limiter.consume(keyOf(scope, email, address))).consumedPoints;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
        throw refused;
      }
    }
    if (attempts > FREE_ATTEMPTS) await this.#pause((attempts - FREE_ATTEMPTS) * PAUSE);
    return 0;
  }

  /** The password was right: this attempt is not counted, and earlier ones from here are forgiven. */
  async succeed(email: string, address: string): Promise<void> {
    await Promise.all(
      this.#limiters.map(({ scope, limiter }) => {
        const key = keyOf(scope, email, address);
        return scope === "pair" ? limiter.delete(key) : limiter.reward(key);
      }),
    );
  }
}

function createLimiter(
  redis: Redis | Cluster | null,
  options: { points: number; duration: number; keyPrefix: string },
): RateLimiterAbstract {
  const memory = new RateLimiterMemory(options);
  return redis ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: memory }) : memory;
}

/** Hashed: an e-mail address may be long, and is nobody's business in Redis. */
function keyOf(scope: Scope, email: string, address: string): string {
  const network = networkOf(address);
  const key = { pair: `${email} ${network}`, account: email, address: network }[scope];
  return createHash("sha256").update(key).digest("base64url");
}

function connect({ cluster, urls }: RedisTarget, options: RedisOptions): Redis | Cluster {
  if (!cluster) return new Redis(urls[0] as string, options);
  const { username, password, protocol } = new URL(urls[0] as string);
  const account = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  const redisOptions = { ...options, ...(password ? account : {}), ...(protocol === "rediss:" ? { tls: {} } : {}) };
  return new Cluster(urls, { redisOptions, enableOfflineQueue: false, retryDelayOnClusterDown: 0 });
}

const holder = globalThis as typeof globalThis & { __yroomLoginLimits?: LoginLimits };

/** The limits of this process; Next evaluates modules more than once, so they live on globalThis. */
export function loginLimits(): LoginLimits {
  if (!holder.__yroomLoginLimits) {
    const { REDIS_URL } = runtime().env;
    const options = {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 2_000,
      commandTimeout: 2_000,
    };
    const target = REDIS_URL ? parseRedisUrl(REDIS_URL) : null;
    const redis = target && connect(target, options);
    // Without a listener an outage would end the process; the channel layer reports it.
    redis?.on("error", () => {});
    holder.__yroomLoginLimits = new LoginLimits(redis);
  }
  return holder.__yroomLoginLimits;
}

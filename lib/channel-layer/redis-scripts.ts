// What must happen in one step inside Redis. Each script touches keys of one slot and uses Redis' own clock, so that
// clocks of servers and workers do not matter. Plain Lua of Redis 6.2; runs on Valkey too.
import type { ChainableCommander } from "ioredis";
import type { RedisPool } from "./redis-pool.ts";

const TAKE_LEASE = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;

const RELEASE_LEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;

// Entries that the one who owns the partition now has not read are not for a former owner to take away.
const ACKNOWLEDGE = `
local owner = redis.call('GET', KEYS[2])
if owner and owner ~= ARGV[1] then return 0 end
return redis.call('XDEL', KEYS[1], unpack(ARGV, 2))`;

// A clock that was put back leaves beats of the future: they are forgotten, and said anew with the next beat.
const BEAT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')
local known = redis.call('ZSCORE', KEYS[1], ARGV[2]) and 1 or 0
if ARGV[2] ~= '' then redis.call('ZADD', KEYS[1], now, ARGV[2]) end
return {known, redis.call('ZRANGE', KEYS[1], 0, -1)}`;

/** False: somebody else holds it. */
export async function takeLease(pool: RedisPool, key: string, owner: string, ttl: number): Promise<boolean> {
  return (await pool.run(key, (redis) => redis.eval(TAKE_LEASE, 1, key, owner, ttl))) === 1;
}

export async function releaseLease(pool: RedisPool, key: string, owner: string): Promise<void> {
  await pool.run(key, (redis) => redis.eval(RELEASE_LEASE, 1, key, owner));
}

/** Adds to `pipeline` what takes entries out of `log`, unless somebody else than `owner` has the lease. */
export function addAcknowledgement(
  pipeline: ChainableCommander,
  log: string,
  lease: string,
  owner: string,
  ids: string[],
): void {
  pipeline.eval(ACKNOWLEDGE, 2, log, lease, owner, ...ids);
}

/** Who lives, and whether the one that just beat did so before. */
export interface Beat {
  /** Sorted. */
  alive: string[];
  known: boolean;
}

/** Marks `id` as alive (nobody if it is empty); it was known, and others are alive, if they beat within `ttl` ms. */
export async function beat(pool: RedisPool, key: string, ttl: number, id: string): Promise<Beat> {
  const answer = await pool.run(key, (redis) => redis.eval(BEAT, 1, key, ttl, id));
  const [known, alive] = answer as [number, string[]];
  return { alive: alive.sort(), known: known === 1 };
}

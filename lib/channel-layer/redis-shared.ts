// What the two ends of the Redis layer have in common.
import type { Log } from "#lib/log.ts";
import type { RedisConnection, RedisHealth } from "./redis-connection.ts";
import type { RedisKeys } from "./redis-keys.ts";

/** What the links of one layer have in common. */
export interface RedisShared {
  url: string;
  log: Log;
  keys: RedisKeys;
  health: RedisHealth;
  /** For small commands with a quick answer. */
  control: RedisConnection;
  leaseTtl: number;
  serverTtl: number;
}

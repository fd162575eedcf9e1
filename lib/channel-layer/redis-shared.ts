// What the two ends of the Redis layer have in common.
import type { Log } from "#lib/log.ts";
import type { RedisHealth } from "./redis-connection.ts";
import type { RedisKeys } from "./redis-keys.ts";
import type { RedisNodes } from "./redis-nodes.ts";
import type { RedisPool } from "./redis-pool.ts";

/** What the links of one layer have in common. */
export interface RedisShared {
  nodes: RedisNodes;
  log: Log;
  keys: RedisKeys;
  health: RedisHealth;
  /** For small commands with a quick answer. */
  control: RedisPool;
  leaseTtl: number;
  serverTtl: number;
}

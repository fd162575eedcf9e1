// The list of channel layers. To add one: a file beside this one, a line here, and its run of contract.ts.
import type { Log } from "#lib/log.ts";
import type { ChannelLayer } from "./channel-layer.ts";
import { MemoryChannelLayer } from "./memory.ts";
import { RedisChannelLayer } from "./redis.ts";

/** With a `redisUrl` servers and workers are processes of their own; without, one process is both. */
export function createChannelLayer({ redisUrl, log }: { redisUrl?: string | undefined; log: Log }): ChannelLayer {
  return redisUrl ? new RedisChannelLayer({ url: redisUrl, log }) : new MemoryChannelLayer({ log });
}

// Placeholder while the Redis layer is being built.
import type { Log } from "#lib/log.ts";
import { MemoryChannelLayer } from "./memory.ts";

export class RedisChannelLayer extends MemoryChannelLayer {
  constructor(options: { url: string; log: Log }) {
    super(options);
    throw new Error("The Redis channel layer is not there yet.");
  }
}

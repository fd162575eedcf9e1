// Deliveries that are large. Redis cuts a listener off that has 32 MB waiting, and a few joins of a large document at
// once are more than that; so a large delivery is put down under a key that runs out, and only its name is published.
// The inbox keeps the order in which they were published.
import { randomUUID } from "node:crypto";
import type { ChainableCommander } from "ioredis";
import type { RedisKeys } from "./redis-keys.ts";
import type { RedisPool } from "./redis-pool.ts";

/** Bytes above which a delivery is put down. */
const LARGE = 1024 * 1024;
/** ms that it waits for its server. */
const KEPT = 30_000;
/** First byte of a published name; an encoded batch never starts with it. */
const NAME = 0;

/** Adds to `pipeline` what brings `bytes` to a server; `lane` names the way (redis-keys.ts). */
export function addDelivery(
  pipeline: ChainableCommander,
  keys: RedisKeys,
  lane: string,
  server: string,
  bytes: Uint8Array,
): void {
  const channel = keys.server(lane, server);
  const publish = (message: Buffer) =>
    lane ? pipeline.spublish(channel, message) : pipeline.publish(channel, message);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length <= LARGE) {
    publish(buffer);
    return;
  }
  const name = keys.parcel(lane, server, randomUUID());
  pipeline.set(name, buffer, "PX", KEPT);
  publish(Buffer.concat([Buffer.of(NAME), Buffer.from(name)]));
}

/**
 * Hands every delivery to `onBytes`, in the order they came; what cannot be fetched is reported to `onMissing`, once for
 * all that follow each other.
 */
export class ParcelInbox {
  readonly #pool: RedisPool;
  readonly #onBytes: (bytes: Uint8Array) => void;
  readonly #onMissing: () => void;
  /** What came after a parcel that is being fetched; null while none is. */
  #waiting: Buffer[] | null = null;

  constructor(pool: RedisPool, onBytes: (bytes: Uint8Array) => void, onMissing: () => void) {
    this.#pool = pool;
    this.#onBytes = onBytes;
    this.#onMissing = onMissing;
  }

  receive(delivery: Buffer): void {
    if (this.#waiting) this.#waiting.push(delivery);
    else if (delivery[0] !== NAME) this.#onBytes(delivery);
    else void this.#unpack([delivery]);
  }

  async #unpack(waiting: Buffer[]): Promise<void> {
    this.#waiting = waiting;
    let missing = false;
    for (let delivery = waiting.shift(); delivery; delivery = waiting.shift()) {
      const bytes = delivery[0] === NAME ? await this.#fetch(delivery.toString("utf8", 1)) : delivery;
      if (bytes && missing) this.#onMissing();
      missing = !bytes;
      if (bytes) this.#onBytes(bytes);
    }
    this.#waiting = null;
    if (missing) this.#onMissing();
  }

  async #fetch(name: string): Promise<Buffer | null> {
    try {
      return await this.#pool.run(name, (redis) => redis.getdelBuffer(name));
    } catch {
      return null;
    }
  }
}

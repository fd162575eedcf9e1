// Deliveries to servers, and the large among them. Redis cuts a listener off that has 32 MB waiting, and a few joins of a large document at
// once are more than that; so a large delivery is put down under a key that runs out, and only its name is published.
// The inbox keeps the order in which they were published.
import { randomUUID } from "node:crypto";
import type { RedisConnection } from "./redis-connection.ts";
import type { RedisKeys } from "./redis-keys.ts";
import { LARGE, LargeCommand } from "./redis-large-command.ts";
import type { RedisPool } from "./redis-pool.ts";

/** Bytes above which a delivery is put down. */
const PUT_DOWN = 1024 * 1024;
/** ms that it waits for its server. */
const KEPT = 30_000;
/** First byte of a published name; an encoded batch never starts with it. */
const NAME = 0;

/** What one turn says to a server: an encoded batch in pieces. */
export interface Delivery {
  server: string;
  pieces: Uint8Array[];
}

/** Sends the deliveries in this order; `lane` names the way (redis-keys.ts). Rejects with the first error. */
export async function publish(
  connection: RedisConnection,
  keys: RedisKeys,
  lane: string,
  deliveries: Delivery[],
): Promise<void> {
  const { redis } = connection;
  const pipeline = deliveries.every((delivery) => sizeOf(delivery) < LARGE) ? redis.pipeline() : null;
  const verb = lane ? "spublish" : "publish";
  const sent: Promise<unknown>[] = [];
  for (const { server, pieces } of deliveries) {
    const channel = keys.server(lane, server);
    if (pipeline) {
      pipeline[verb](channel, Buffer.concat(pieces));
    } else if (sizeOf({ pieces }) <= PUT_DOWN) {
      sent.push(redis.sendCommand(new LargeCommand(verb, channel, pieces)) as Promise<unknown>);
    } else {
      const name = keys.parcel(lane, server, randomUUID());
      sent.push(redis.sendCommand(new LargeCommand("set", name, pieces, "PX", String(KEPT))) as Promise<unknown>);
      sent.push(redis[verb](channel, Buffer.concat([Buffer.of(NAME), Buffer.from(name)])));
    }
  }
  await (pipeline ? connection.execute(pipeline) : Promise.all(sent));
}

function sizeOf({ pieces }: Pick<Delivery, "pieces">): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/**
 * Hands every delivery to `onBytes`, in the order they came; what cannot be fetched is reported to `onMissing`, once for
 * all that follow each other. Whatever else is heard keeps its place among them (`inOrder`).
 */
export class ParcelInbox {
  readonly #pool: RedisPool;
  readonly #onBytes: (bytes: Uint8Array) => void;
  readonly #onMissing: () => void;
  /** What came after a parcel that is being fetched; null while none is. */
  #waiting: (Buffer | (() => void))[] | null = null;

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

  /** Calls it when everything that came before is handed over. */
  inOrder(act: () => void): void {
    if (this.#waiting) this.#waiting.push(act);
    else act();
  }

  async #unpack(waiting: (Buffer | (() => void))[]): Promise<void> {
    this.#waiting = waiting;
    let missing = false;
    for (let delivery = waiting.shift(); delivery; delivery = waiting.shift()) {
      if (typeof delivery === "function") {
        delivery();
        continue;
      }
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

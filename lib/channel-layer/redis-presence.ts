// Who is connected to which server, in Redis: a hash per server that runs out unless the server beats. Only what
// changed since the last beat is written.
import { z } from "zod";
import type { Member } from "#lib/messages.ts";
import { mergePresence } from "./presence.ts";
import type { RedisPool } from "./redis-pool.ts";

const members = z.array(z.object({ id: z.string(), name: z.string(), color: z.int() }));

/** The presence of one server, as that server writes it. */
export class PresenceWriter {
  readonly #pool: RedisPool;
  readonly #key: string;
  readonly #ttl: number;
  /** What the hash holds, if it is still there; null if not known. */
  #written: Map<string, string> | null = null;

  constructor(pool: RedisPool, key: string, ttl: number) {
    this.#pool = pool;
    this.#key = key;
    this.#ttl = ttl;
  }

  async write(presence: Map<string, Member[]>): Promise<void> {
    const next = new Map<string, string>();
    for (const [room, people] of presence) if (people.length > 0) next.set(room, JSON.stringify(people));
    if (this.#written && !(await this.#update(this.#written, next))) this.#written = null;
    if (!this.#written) await this.#replace(next);
    this.#written = next;
  }

  /** False if the hash is not what it should be: it ran out, or Redis was emptied. */
  async #update(written: Map<string, string>, next: Map<string, string>): Promise<boolean> {
    const gone = [...written.keys()].filter((room) => !next.has(room));
    const changed = [...next].filter(([room, people]) => written.get(room) !== people);
    this.#written = null;
    const results = await this.#pool.run(this.#key, (redis) => {
      const transaction = redis.multi();
      if (gone.length > 0) transaction.hdel(this.#key, ...gone);
      if (changed.length > 0) transaction.hset(this.#key, ...changed.flat());
      return transaction.pexpire(this.#key, this.#ttl).hlen(this.#key).exec();
    });
    this.#written = written;
    return results?.at(-1)?.[1] === next.size;
  }

  async #replace(next: Map<string, string>): Promise<void> {
    await this.#pool.run(this.#key, (redis) => {
      const transaction = redis.multi().del(this.#key);
      if (next.size > 0) transaction.hset(this.#key, ...[...next].flat()).pexpire(this.#key, this.#ttl);
      return transaction.exec();
    });
  }
}

/** Who is in `rooms`, of the servers whose hashes are given. */
export async function readPresence(pool: RedisPool, keys: string[], rooms: string[]): Promise<Map<string, Member[]>> {
  if (rooms.length === 0) return new Map();
  const hashes = await Promise.all(keys.map((key) => pool.run(key, (redis) => redis.hmget(key, ...rooms))));
  const position = new Map(rooms.map((room, index) => [room, index]));
  return mergePresence(
    rooms,
    hashes.map((values) => (room) => parse(values[position.get(room) ?? -1])),
  );
}

function parse(json: string | null | undefined): Member[] | undefined {
  return json ? members.parse(JSON.parse(json)) : undefined;
}

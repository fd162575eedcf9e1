// Who owns which partition, as heard from the workers. A new term means that another worker, or the same one after a
// gap, serves the partition's rooms: whoever is connected must be made known to it.
import { LEASE_TTL } from "#lib/channel-layer/channel-layer.ts";
import type { Announcement } from "#lib/messages.ts";
import { PARTITIONS } from "#lib/partition.ts";
import { channels } from "#lib/room-types.ts";
import { allPartitionKeys, partitionKey, partitionKeyOf } from "./partition-keys.ts";

export class Owners {
  readonly #now: () => number;
  #terms = new Map<string, { term: string; heardAt: number }>();

  /** `now` is a monotonic clock in ms. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Answers the keys of the partitions whose connections need a resync: all, unless their very terms were heard before. */
  hear({ channel, owned }: Extract<Announcement, { type: "owner" }>): string[] {
    const heardAt = this.#now();
    return owned.flatMap(({ partition, term }) => {
      const key = partitionKey(channel, partition);
      const known = this.#terms.get(key);
      this.#terms.set(key, { term, heardAt });
      return known?.term === term ? [] : [key];
    });
  }

  /** Whether nobody was heard to own the room's partition after this term, which comes without what counts gaps. */
  isLatest(channel: string, room: string, term: string): boolean {
    const latest = this.#terms.get(partitionKeyOf(channel, room))?.term;
    return latest !== undefined && latest.slice(0, latest.lastIndexOf(".")) === term;
  }

  /** The term of every partition that was ever heard of, as `<channel>/<partition>`, and ms since. */
  all(): Record<string, { term: string; ago: number }> {
    const now = this.#now();
    const entries = [...this.#terms].map(([key, { term, heardAt }]) => [key, { term, ago: Math.round(now - heardAt) }]);
    return Object.fromEntries(entries);
  }

  /** The partitions of a channel whose owner was not heard of for longer than a lease lasts. */
  silent(channel: string): number[] {
    const now = this.#now();
    return Array.from({ length: PARTITIONS }, (_, partition) => partition).filter((partition) => {
      const owner = this.#terms.get(partitionKey(channel, partition));
      return owner === undefined || now - owner.heardAt > LEASE_TTL;
    });
  }
  /** Why no worker would answer, or null: the partitions whose owner was not heard of lately. */
  whyNotReady(): string | null {
    const silent = channels().flatMap((channel) => this.silent(channel));
    return silent.length === 0 ? null : `no worker owns ${silent.length} of ${allPartitionKeys().length} partitions`;
  }
}

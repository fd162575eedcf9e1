// Which node of Redis holds which key. A single Redis is one node that holds all of them; a cluster is asked, at the
// start, every now and then, and whenever somebody was sent elsewhere. A node is named by its URL, which may hold a
// password: it is never logged.
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Log } from "#lib/log.ts";
import { type Redirect, slotOf } from "./redis-slot.ts";

export interface RedisNodes {
  readonly cluster: boolean;
  /** Resolves when the nodes are known. */
  readonly ready: Promise<void>;
  /** URLs of all nodes that hold keys. */
  all(): string[];
  /** URL of the node that holds `key`; undefined while nobody does. */
  of(key: string): string | undefined;
  /** What a node answered; the nodes are asked again soon. Answers the URL that it named. */
  learn(redirect: Redirect, from: string): string | undefined;
  /** Asks the nodes again soon. */
  refresh(): void;
  /** `onChange` is called after each change, in the order of the calls of this. */
  watch(onChange: () => void): void;
  close(): void;
}

/** ms between two looks at a cluster; ms at least between two. */
const LOOK = 5_000;
const SOONEST = 100;
/** ms until a node that is asked for the slots counts as away. */
const ANSWER = 1_000;

export function singleNode(url: string): RedisNodes {
  return {
    cluster: false,
    ready: Promise.resolve(),
    all: () => [url],
    of: () => url,
    learn: () => undefined,
    refresh: () => {},
    watch: () => {},
    close: () => {},
  };
}

type Slots = [first: number, last: number, master: [host: string, port: number]][];

export class ClusterNodes implements RedisNodes {
  readonly cluster = true;
  readonly ready: Promise<void>;
  readonly #seeds: string[];
  readonly #log: Log;
  #bySlot: (string | undefined)[] = [];
  #known: string[] = [];
  #slots = new Map<string, number>();
  #watchers: (() => void)[] = [];
  #wanted = false;
  #wake = new AbortController();
  #closed = false;

  constructor(seeds: string[], log: Log) {
    this.#seeds = seeds;
    this.#log = log;
    let known = () => {};
    this.ready = new Promise((resolve) => {
      known = resolve;
    });
    void this.#run(known);
  }

  all(): string[] {
    return this.#known;
  }

  of(key: string): string | undefined {
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = slotOf(key);
      // Names of parcels are used once.
      if (this.#slots.size < 1_000) this.#slots.set(key, slot);
    }
    return this.#bySlot[slot];
  }

  learn({ kind, slot, address }: Redirect, from: string): string | undefined {
    this.refresh();
    if (!address || slot === null) return undefined;
    const colon = address.lastIndexOf(":");
    const url = this.#url(address.slice(0, colon), Number(address.slice(colon + 1)), from);
    if (kind === "moved" && this.#bySlot[slot] !== url) {
      this.#bySlot[slot] = url;
      if (!this.#known.includes(url)) this.#known = [...this.#known, url];
      this.#changed();
    }
    return url;
  }

  refresh(): void {
    this.#wanted = true;
    this.#wake.abort();
  }

  watch(onChange: () => void): void {
    this.#watchers.push(onChange);
  }

  close(): void {
    this.#closed = true;
    this.#wake.abort();
  }

  async #run(known: () => void): Promise<void> {
    let failing = false;
    while (!this.#closed) {
      this.#wanted = false;
      const slots = await this.#ask();
      if (this.#closed) return;
      if (slots) this.#take(slots);
      if (slots) known();
      if (!slots && !failing) this.#log.error("no node of the Redis Cluster answers; trying again");
      failing = !slots;
      await pause(failing ? SOONEST * 3 : SOONEST);
      this.#wake = new AbortController();
      if (!this.#wanted && !failing && !this.#closed) {
        await pause(LOOK, undefined, { signal: this.#wake.signal, ref: false }).catch(() => {});
      }
    }
  }

  /** The slots as the first node that answers sees them, and the URL of that node. */
  async #ask(): Promise<{ slots: Slots; from: string } | null> {
    const known = this.#known.map((url) => ({ url, order: Math.random() })).sort((a, b) => a.order - b.order);
    for (const url of new Set([...known.map((node) => node.url), ...this.#seeds])) {
      if (this.#closed) return null;
      const redis = new Redis(url, {
        connectionName: "yroom-nodes",
        protocol: 2,
        lazyConnect: true,
        connectTimeout: ANSWER,
        commandTimeout: ANSWER,
        enableReadyCheck: false,
        maxRetriesPerRequest: 0,
        retryStrategy: () => null,
      });
      redis.on("error", () => {});
      try {
        await redis.connect();
        const slots = (await redis.call("CLUSTER", "SLOTS")) as Slots;
        if (slots.length > 0) return { slots, from: url };
      } catch (error) {
        const message = error instanceof Error ? error.message : "";
        if (message.includes("cluster support disabled")) {
          this.#log.error("REDIS_URL names a Redis that is no cluster as one");
        }
      } finally {
        redis.disconnect();
      }
    }
    return null;
  }

  #take({ slots, from }: { slots: Slots; from: string }): void {
    const before = this.#bySlot;
    const bySlot: (string | undefined)[] = [];
    const known = new Set<string>();
    for (const [first, last, [host, port]] of slots) {
      const url = this.#url(host, port, from);
      known.add(url);
      for (let slot = first; slot <= last; slot++) bySlot[slot] = url;
    }
    const same = before.length === bySlot.length && bySlot.every((url, slot) => before[slot] === url);
    if (same && known.size === this.#known.length) return;
    this.#bySlot = bySlot;
    this.#known = [...known];
    this.#changed();
  }

  #changed(): void {
    for (const onChange of this.#watchers) onChange();
  }

  #url(host: string, port: number, from: string): string {
    const url = new URL(this.#seeds[0] as string);
    url.hostname = host && host !== "?" ? (host.includes(":") ? `[${host}]` : host) : new URL(from).hostname;
    url.port = String(port);
    return url.href;
  }
}

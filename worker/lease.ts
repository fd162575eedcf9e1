// Decides which partitions this worker owns: all live workers of a channel share them evenly, a lease in the channel
// layer says who may read one, an epoch in the database (Storage.own) who may write it. Knows nothing of rooms.
import { LEASE_TTL, WORKER_BEAT, type WorkerLink } from "#lib/channel-layer/channel-layer.ts";
import type { Log } from "#lib/log.ts";
import { workerMetrics } from "#lib/metrics.ts";
import { PARTITIONS } from "#lib/partition.ts";

export interface LeaseHandlers {
  /** The lease is ours: get an epoch and start. Rejects if that is not possible now. */
  take(partition: number): Promise<void>;
  /** Somebody else is to own it: save, stop; the lease is released afterwards. */
  handOver(partition: number): Promise<void>;
  /** The lease ran out or was taken: stop at once. */
  lose(partition: number): Promise<void>;
  /** Called after every beat with the partitions that are owned. */
  onBeat(owned: number[]): void;
}

/** The partitions that worker `id` should own; `alive` is the sorted list of all live workers. */
export function fairShare(id: string, alive: string[]): Set<number> {
  const share = new Set<number>();
  for (let partition = 0; partition < PARTITIONS; partition++) {
    if (alive[partition % Math.max(1, alive.length)] === id) share.add(partition);
  }
  return share;
}

export class Leases {
  readonly #id: string;
  readonly #link: WorkerLink;
  readonly #handlers: LeaseHandlers;
  readonly #log: Log;
  /** When the lease of each owned partition was last renewed, by the monotonic clock. */
  #owned = new Map<number, number>();
  #busy = new Set<number>();
  #timer: NodeJS.Timeout | null = null;
  #beating: Promise<void> | null = null;
  #stopped = false;
  #failing = false;

  constructor(id: string, link: WorkerLink, handlers: LeaseHandlers, log: Log) {
    this.#id = id;
    this.#link = link;
    this.#handlers = handlers;
    this.#log = log;
  }

  /** Resolves after the first beat. */
  async start(): Promise<void> {
    this.#beating = this.#beat();
    await this.#beating;
    this.#next();
  }

  #next(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#beating = this.#beat().finally(() => this.#next());
    }, WORKER_BEAT);
  }

  async #beat(): Promise<void> {
    try {
      const share = fairShare(this.#id, await this.#link.beat());
      const all = Array.from({ length: PARTITIONS }, (_, partition) => partition);
      await Promise.all(all.map((partition) => this.#settle(partition, share.has(partition))));
      if (this.#failing) this.#log.info("the channel layer is back");
      this.#failing = false;
      this.#handlers.onBeat([...this.#owned.keys()]);
    } catch (error) {
      if (!this.#failing) this.#log.error({ err: error }, "beat failed; trying again");
      this.#failing = true;
    }
    const now = performance.now();
    for (const [partition, renewed] of this.#owned) if (now - renewed > LEASE_TTL) void this.#lose(partition);
  }

  async #settle(partition: number, mine: boolean): Promise<void> {
    if (this.#stopped || this.#busy.has(partition)) return;
    const asked = performance.now();
    if (this.#owned.has(partition)) {
      if (!(await this.#link.lease(partition))) return void this.#lose(partition);
      this.#owned.set(partition, asked);
      if (!mine) void this.#handOver(partition);
    } else if (mine && (await this.#link.lease(partition))) {
      await this.#take(partition, asked);
    }
  }

  async #take(partition: number, asked: number): Promise<void> {
    this.#busy.add(partition);
    try {
      await this.#handlers.take(partition);
      this.#owned.set(partition, asked);
      workerMetrics.leases.inc({ change: "taken" });
      this.#log.debug({ partition }, "partition taken");
    } catch (error) {
      await this.#link.release(partition);
      throw error;
    } finally {
      this.#busy.delete(partition);
    }
  }

  async #handOver(partition: number): Promise<void> {
    this.#busy.add(partition);
    // A long save must not let the lease run out: another worker would start while this one still writes.
    const renewal = setInterval(() => void this.#link.lease(partition).catch(() => {}), WORKER_BEAT);
    try {
      await this.#handlers.handOver(partition);
      this.#owned.delete(partition);
      await this.#link.release(partition);
      workerMetrics.leases.inc({ change: "handed-over" });
      this.#log.debug({ partition }, "partition handed over");
    } catch (error) {
      this.#log.error({ err: error, partition }, "hand-over failed; the lease runs out by itself");
    } finally {
      clearInterval(renewal);
      this.#busy.delete(partition);
    }
  }

  /** For whoever learns that a partition is not ours any more. */
  lost(partition: number): void {
    if (this.#owned.has(partition) && !this.#busy.has(partition)) void this.#lose(partition);
  }

  async #lose(partition: number): Promise<void> {
    this.#owned.delete(partition);
    this.#busy.add(partition);
    workerMetrics.leases.inc({ change: "lost" });
    this.#log.warn({ partition }, "partition lost");
    try {
      await this.#handlers.lose(partition);
    } finally {
      this.#busy.delete(partition);
    }
  }

  /** Hands everything over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#beating;
    if (this.#timer) clearTimeout(this.#timer);
    await Promise.all([...this.#owned.keys()].map((partition) => this.#handOver(partition)));
  }
}

// Decides which partitions this worker owns: all live workers of a channel share them evenly, a lease in the channel
// layer says who may read one, an epoch in the database (Storage.own) who may write it. Knows nothing of rooms.
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
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

/** ms between two attempts to take a partition that its former owner is about to give back. */
const IMPATIENT = 50;

/**
 * The partitions that worker `id` should own; `alive` is the list of all live workers. Evenly, and so that few of them
 * move when a worker comes or goes: each pair of worker and partition has a fixed weight, the heaviest pairs come
 * first, and a worker that has its share gets no more.
 */
export function fairShare(id: string, alive: string[]): Set<number> {
  const share = new Set<number>();
  const least = Math.floor(PARTITIONS / Math.max(1, alive.length));
  let rest = PARTITIONS - least * alive.length;
  const pairs = alive.flatMap((worker) =>
    Array.from({ length: PARTITIONS }, (_, partition) => ({ worker, partition, weight: weigh(worker, partition) })),
  );
  const counts = new Map(alive.map((worker) => [worker, 0]));
  const taken = new Set<number>();
  for (const { worker, partition } of pairs.sort((a, b) => (a.weight < b.weight ? 1 : -1))) {
    const count = counts.get(worker) ?? 0;
    if (taken.has(partition) || count > least || (count === least && rest === 0)) continue;
    if (count === least) rest--;
    counts.set(worker, count + 1);
    taken.add(partition);
    if (worker === id) share.add(partition);
  }
  return share;
}

function weigh(worker: string, partition: number): string {
  return createHash("sha1").update(`${partition} ${worker}`).digest("hex");
}

export class Leases {
  readonly #id: string;
  readonly #link: WorkerLink;
  readonly #handlers: LeaseHandlers;
  readonly #log: Log;
  /** When the lease of each owned partition was last renewed, by the monotonic clock. */
  #owned = new Map<number, number>();
  #busy = new Set<number>();
  /** Who lived at the last beat, and what that makes ours. */
  #alive = "";
  #share = new Set<number>();
  /** Ours as soon as the former owner has let go. */
  #awaited = new Set<number>();
  #waiting = false;
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
    let problem: unknown;
    try {
      const alive = await this.#link.beat();
      if (alive.join() !== this.#alive) this.#share = fairShare(this.#id, alive);
      this.#alive = alive.join();
    } catch (error) {
      problem = error;
    }
    // Where partitions live on several nodes, those on the others go on.
    const all = Array.from({ length: PARTITIONS }, (_, partition) => partition);
    const settled = await Promise.allSettled(
      all.map((partition) => this.#settle(partition, this.#share.has(partition))),
    );
    const failed = settled.find((result) => result.status === "rejected");
    problem ??= failed?.reason;
    if (!problem) {
      if (this.#failing) this.#log.info("the channel layer is back");
    } else if (!this.#failing) this.#log.error({ err: problem }, "beat failed; trying again");
    this.#failing = problem !== undefined;
    if (!problem || settled.some((result) => result.status === "fulfilled"))
      this.#handlers.onBeat([...this.#owned.keys()]);
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
    } else if (mine) {
      if (await this.#link.lease(partition)) await this.#take(partition, asked);
      else this.#await(partition);
    }
  }

  /** A former owner lets go within moments: as long as nobody reads the partition, its people wait. */
  #await(partition: number): void {
    this.#awaited.add(partition);
    if (this.#waiting) return;
    this.#waiting = true;
    void this.#takeAwaited();
  }

  async #takeAwaited(): Promise<void> {
    while (this.#awaited.size > 0 && !this.#stopped) {
      await pause(IMPATIENT);
      const awaited = [...this.#awaited].filter((partition) => this.#share.has(partition));
      this.#awaited.clear();
      // What is refused again is awaited again; what fails is the next beat's business.
      await Promise.allSettled(awaited.map((partition) => this.#settle(partition, true)));
    }
    this.#waiting = false;
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

  /** Hands everything over: to those who wait for it, so that its people hardly do. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#beating;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#owned.size > 0 && this.#alive !== this.#id) {
      // By their next beat the others know whose share is whose.
      const left = await this.#link.leave().then(
        () => true,
        () => false,
      );
      if (left) await pause(WORKER_BEAT + 2 * IMPATIENT);
    }
    await Promise.all([...this.#owned.keys()].map((partition) => this.#handOver(partition)));
  }
}

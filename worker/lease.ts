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
  #waiting: Promise<void> | null = null;
  /** Being taken: that may wait for the database, and nothing else waits for it. */
  #taking = new Set<Promise<void>>();
  #takesFail = false;
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

  /** Resolves when what the first beat leased is taken, or could not be. */
  async start(): Promise<void> {
    this.#beating = this.#beat();
    await this.#beating;
    this.#next();
    await Promise.all(this.#taking);
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
    const now = performance.now();
    for (const [partition, renewed] of this.#owned) {
      // One that is being handed over is renewed beside the beats.
      if (now - renewed > LEASE_TTL && !this.#busy.has(partition)) void this.#lose(partition);
    }
    if (!problem || settled.some((result) => result.status === "fulfilled"))
      this.#handlers.onBeat([...this.#owned.keys()]);
  }

  async #settle(partition: number, mine: boolean): Promise<void> {
    if (this.#stopped || this.#busy.has(partition)) return;
    const asked = performance.now();
    const renewed = this.#owned.get(partition);
    if (renewed !== undefined) {
      // If it ran out while this worker slept, somebody may have owned it meanwhile, though it is free again.
      const kept = asked - renewed <= LEASE_TTL && (await this.#link.lease(partition));
      // Lost meanwhile, because the database refused a write.
      if (this.#busy.has(partition) || !this.#owned.has(partition)) return;
      if (!kept) return void this.#lose(partition);
      this.#owned.set(partition, asked);
      if (!mine) void this.#handOver(partition);
    } else if (mine) {
      const free = await this.#link.lease(partition);
      // Somebody who awaited it and the beat may ask at the same time.
      if (this.#busy.has(partition) || this.#owned.has(partition)) return;
      if (!free) return this.#await(partition);
      if (this.#stopped) return this.#link.release(partition);
      const taking = this.#take(partition, asked).finally(() => this.#taking.delete(taking));
      this.#taking.add(taking);
    }
  }

  /** A former owner lets go within moments: as long as nobody reads the partition, its people wait. */
  #await(partition: number): void {
    this.#awaited.add(partition);
    this.#waiting ??= this.#takeAwaited();
  }

  async #takeAwaited(): Promise<void> {
    while (this.#awaited.size > 0 && !this.#stopped) {
      await pause(IMPATIENT);
      const awaited = [...this.#awaited].filter((partition) => this.#share.has(partition));
      this.#awaited.clear();
      // What is refused again is awaited again; what fails is the next beat's business.
      await Promise.allSettled(awaited.map((partition) => this.#settle(partition, true)));
    }
    this.#waiting = null;
  }

  /** Never rejects: what fails is tried again with the next beat. */
  async #take(partition: number, asked: number): Promise<void> {
    this.#busy.add(partition);
    const renewal = this.#keep(partition, asked);
    let taken = false;
    try {
      await this.#handlers.take(partition);
      taken = true;
      if (this.#takesFail) this.#log.info("partitions can be taken again");
      this.#takesFail = false;
    } catch (error) {
      if (!this.#takesFail) this.#log.error({ err: error, partition }, "taking a partition failed; trying again");
      this.#takesFail = true;
      // If this fails, too, it runs out by itself.
      await this.#link.release(partition).catch(() => {});
    } finally {
      renewal.end();
      this.#busy.delete(partition);
    }
    if (!taken) return;
    this.#owned.set(partition, renewal.renewed);
    workerMetrics.leases.inc({ change: "taken" });
    this.#log.debug({ partition }, "partition taken");
    if (performance.now() - renewal.renewed > LEASE_TTL) await this.#lose(partition);
    else if (this.#stopped) await this.#handOver(partition);
  }

  /** Renews the lease of a partition that beats leave alone: a slow take or save must not let it run out. */
  #keep(partition: number, since: number): { renewed: number; end(): void } {
    const renew = async () => {
      const asked = performance.now();
      // Of no use once it ran out: somebody else may have owned the partition since.
      if (asked - kept.renewed > LEASE_TTL) return;
      if (await this.#link.lease(partition).catch(() => false)) kept.renewed = asked;
    };
    const timer = setInterval(() => void renew(), WORKER_BEAT);
    const kept = { renewed: since, end: () => clearInterval(timer) };
    return kept;
  }

  async #handOver(partition: number): Promise<void> {
    this.#busy.add(partition);
    // Another worker would start while this one still writes.
    const renewal = this.#keep(partition, performance.now());
    try {
      await this.#handlers.handOver(partition);
      this.#owned.delete(partition);
      await this.#link.release(partition);
      workerMetrics.leases.inc({ change: "handed-over" });
      this.#log.debug({ partition }, "partition handed over");
    } catch (error) {
      this.#log.error({ err: error, partition }, "hand-over failed; the lease runs out by itself");
    } finally {
      renewal.end();
      this.#busy.delete(partition);
    }
  }

  /** Whether the lease ran out, as it does while this process stands still: lost then, before the next beat says so. */
  lapsed(partition: number): boolean {
    const renewed = this.#owned.get(partition);
    if (renewed === undefined || this.#busy.has(partition) || performance.now() - renewed <= LEASE_TTL) return false;
    void this.#lose(partition);
    return true;
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
    await this.#waiting;
    // What is taken later than this hands itself over.
    await Promise.race([Promise.all(this.#taking), pause(LEASE_TTL, undefined, { ref: false })]);
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

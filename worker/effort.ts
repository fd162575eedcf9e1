// What people's edits may cost a worker. Some updates take Yjs time that grows with the square of their size, however
// few bytes they have; all rooms of a worker wait meanwhile, and beyond its lease the next worker would read the same
// update again. So nobody gets more than a share of a worker's time, and what takes too long is stopped.
import { withinTime } from "#lib/time-limit.ts";

/** ms after which a batch is stopped: well within a lease. */
export const TOO_LONG = 1_500;
/** ms that one person's edits may take at once, and every second in the long run. */
const BURST = 3_000;
const PER_SECOND = 200;
/** ms below which an edit is not counted: next to nothing, and mostly the machine's own doing. */
const FREE = 0.5;

/** ms for which a reading of the processor time is good enough. */
const FRESH = 50;

/** A stopwatch for frames, and how much of it a person has left. */
export interface Meter {
  /** ms, monotonic. */
  now(): number;
  /** Work begins; answers `now`. */
  begin(): number;
  /** False if this person has used up more than their share. */
  allows(userId: string): boolean;
  /** `ms` have passed over something of this person's. */
  spend(userId: string, ms: number): void;
}

/** For whoever does not care: nothing takes any time. */
export const unmetered: Meter = { now: () => 0, begin: () => 0, allows: () => true, spend: () => {} };

/**
 * One for each worker, over all its rooms. Counts no more than the processor time of this process: what passes while the
 * machine, or the worker, stands still is nobody's doing.
 */
export class Effort implements Meter {
  readonly now: () => number;
  readonly #processor: () => number;
  /** The processor time, ms, when work began or a moment before, and when that was read. */
  #worked = 0;
  #readAt = Number.NEGATIVE_INFINITY;
  /** What was used, and when that was; whoever has it all back is forgotten. */
  #used = new Map<string, { ms: number; at: number }>();

  /** `processor`: ms that this process has worked. */
  constructor(now: () => number = () => performance.now(), processor = processorTime) {
    this.now = now;
    this.#processor = processor;
  }

  begin(): number {
    const now = this.now();
    if (now - this.#readAt > FRESH) {
      this.#worked = this.#processor();
      this.#readAt = now;
    }
    return now;
  }

  allows(userId: string): boolean {
    return this.#usedBy(userId) < BURST;
  }

  spend(userId: string, ms: number): void {
    if (ms < FREE) return;
    const before = this.#worked;
    this.#worked = this.#processor();
    const worked = Math.min(ms, this.#worked - before);
    this.#used.set(userId, { ms: this.#usedBy(userId) + worked, at: this.now() });
  }

  #usedBy(userId: string): number {
    const used = this.#used.get(userId);
    if (!used) return 0;
    const left = used.ms - ((this.now() - used.at) / 1000) * PER_SECOND;
    if (left <= 0) this.#used.delete(userId);
    return Math.max(0, left);
  }
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Something was stopped in the middle: whatever it was changing must be thrown away. */
export class TookTooLong extends Error {
  readonly code = "took-too-long";
  /** It was given a fair part of that time to work in; otherwise it may not be what took so long. */
  readonly wasBusy: boolean;

  constructor(ms: number, worked: number) {
    super(`stopped after ${ms} ms, ${Math.round(worked)} of them at work`);
    this.wasBusy = worked > ms / 4;
  }
}

/** Runs `work` for at most `ms`. Throws TookTooLong; no `catch` and no `finally` in `work` runs then. Costs 0.2 ms. */
export function stopAfter<T>(ms: number, work: () => T): T {
  const before = processorTime();
  try {
    return withinTime(ms, work);
  } catch (error) {
    if ((error as NodeJS.ErrnoException)?.code !== "out-of-time") throw error;
    throw new TookTooLong(ms, processorTime() - before);
  }
}

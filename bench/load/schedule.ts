// An open-loop schedule: event k is due at an absolute time, however long the ones before took, so a server (or a
// generator) that falls behind is seen in the latencies instead of being spared the load.
import { Histogram } from "./histogram.ts";

export interface ScheduleOptions {
  /** Events a second, all together. */
  perSecond: number;
  seconds: number;
  /** Called for event k, which was due at `due` (ms of performance.now()). */
  fire(k: number, due: number): void;
}

/** How late events were fired, in ms: the generator's own part in what is measured. */
export async function runSchedule({ perSecond, seconds, fire }: ScheduleOptions): Promise<Histogram> {
  const lag = new Histogram();
  const gap = 1000 / perSecond;
  const total = Math.round(perSecond * seconds);
  const start = performance.now() + 50;
  let next = 0;
  await new Promise<void>((resolve, reject) => {
    const turn = () => {
      try {
        for (let now = performance.now(); next < total && start + next * gap <= now; next++) {
          const due = start + next * gap;
          lag.record(now - due);
          fire(next, due);
          if (next % 16 === 0) now = performance.now();
        }
      } catch (error) {
        reject(error);
        return;
      }
      if (next >= total) {
        resolve();
        return;
      }
      const wait = start + next * gap - performance.now();
      // Timers are up to a millisecond late. With few events a short wait in a loop costs nothing and is exact.
      if (wait > 2) setTimeout(turn, wait - 1.5);
      else if (gap > 10) setImmediate(turn);
      else setTimeout(turn, 1);
    };
    turn();
  });
  return lag;
}

/** 0 to n - 1 in an order that is always the same and has no pattern. */
export function shuffled(n: number): number[] {
  const order = Array.from({ length: n }, (_, index) => index);
  let seed = 0x2545f491;
  for (let i = n - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const j = seed % (i + 1);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

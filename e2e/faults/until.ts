// Waiting for what must become true, without guessing how long it takes.
import { setTimeout as pause } from "node:timers/promises";

/** Polls until it answers true; rejects with `what` after `limit` ms. Answers how long it took, in ms. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, limit: number): Promise<number> {
  const started = Date.now();
  while (!(await isSo())) {
    if (Date.now() - started > limit) throw new Error(`not within ${limit} ms: ${what}`);
    await pause(25);
  }
  return Date.now() - started;
}

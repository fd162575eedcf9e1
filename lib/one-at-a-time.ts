// A line for what is heavy: one after the other, in the order in which they came.
import { setImmediate } from "node:timers/promises";

/** A line of its own. What stands in it waits for all before it, whether they fail or not. */
export function oneAtATime(): <T>(work: () => T | Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(async () => {
      // Everybody who is in no line gets a turn in between.
      await setImmediate();
      return work();
    });
    last = mine.catch(() => {});
    return mine;
  };
}

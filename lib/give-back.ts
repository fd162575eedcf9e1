// Gives memory back when a crowd has come or gone. V8 collects what it needs for new objects; a process in which nothing
// happens any more keeps what it has, and the rooms that were unloaded stay in it as garbage. So: after many have come or
// gone, and while there is nothing to do, one collection.
import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** ms between two looks. */
const INTERVAL = 2_000;
/** How many must have come or gone. */
const CROWD = 100;
/** Share of the time that the event loop may be busy, and the largest heap, in bytes, that is collected: it stops
 * everything for about a ms per MB. */
const BUSY = 0.1;
const HEAP = 256 * 1024 * 1024;

/** `count` says how many rooms or connections there are now. Answers a function that stops it. */
export function startGiveBack(count: () => number, collect = collector()): () => void {
  let collectedAt = count();
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (Math.abs(count() - collectedAt) < CROWD || utilization > BUSY) return;
    if (process.memoryUsage().heapUsed > HEAP) return;
    collectedAt = count();
    collect();
  }, INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}

function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

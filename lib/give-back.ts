// Gives memory back when a crowd has come or gone. V8 collects what it needs for new objects; a process in which nothing
// happens any more keeps what it has, and the rooms that were unloaded stay in it as garbage. So: after many have come or
// gone, and while there is nothing to do, one collection.
import { Session } from "node:inspector/promises";
import { performance } from "node:perf_hooks";

/** ms between two looks. */
const INTERVAL = 2_000;
/** How many must have come or gone. */
const CROWD = 100;
/** Share of the time that the event loop may be busy, and the largest heap, in bytes, that is collected: it stops
 * everything for about 2 ms per MB. */
const BUSY = 0.1;
const HEAP = 128 * 1024 * 1024;

/** `count` says how many rooms or connections there are now. Answers a function that stops it. */
export function startGiveBack(count: () => number, collect = tryToCollect): () => void {
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

/** If it cannot be done, the memory just stays. */
function tryToCollect(): void {
  collectAll().catch(() => {});
}

/**
 * What V8 does when memory is low. It gives back the space for new objects as well, which grows to 30 MB in a crowd and
 * which `gc()` keeps; there is no other way to it from within.
 */
export async function collectAll(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.collectGarbage").finally(() => session.disconnect());
}

// Gives memory back when a crowd has come or gone. V8 collects what it needs for new objects; a process in which nothing
// happens any more keeps what it has, and the rooms that were unloaded stay in it as garbage. So: after many have come or
// gone, or a few large ones, and while there is nothing to do, one collection.
import { Session } from "node:inspector/promises";
import { performance } from "node:perf_hooks";

/** ms between two looks. */
const INTERVAL = 2_000;
/** How many must have come or gone; or a few, and the heap has grown by so many bytes since it was collected. */
const CROWD = 100;
const GROWTH = 32 * 1024 * 1024;
/** Share of the time that the event loop may be busy. */
const BUSY = 0.1;
/** The largest heap, in bytes, that is collected while somebody is here: it stops everything for about 2 ms per MB. */
const HEAP = 128 * 1024 * 1024;

/** `count` says how many rooms or connections there are now. Answers a function that stops it. */
export function startGiveBack(count: () => number, collect = tryToCollect): () => void {
  let collectedAt = count();
  let collectedTo = process.memoryUsage().heapUsed;
  let before = performance.eventLoopUtilization();
  const timer = setInterval(async () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    const moved = Math.abs(count() - collectedAt);
    if (moved === 0 || utilization > BUSY) return;
    const { heapUsed } = process.memoryUsage();
    if (moved < CROWD && heapUsed - collectedTo < GROWTH) return;
    if (heapUsed > HEAP && count() > 0) return;
    collectedAt = count();
    await collect();
    collectedTo = process.memoryUsage().heapUsed;
  }, INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}

/** If it cannot be done, the memory just stays. */
async function tryToCollect(): Promise<void> {
  await collectAll().catch(() => {});
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

// What a worker shows of itself when somebody asks for the metrics.
import { workerMetrics } from "#lib/metrics.ts";
import type { Partition } from "./worker.ts";

/** `uncommitted` answers how many rooms have edits that are not in the database. Answers a function that stops it. */
export function watchWorker(partitions: ReadonlyMap<number, Partition>, uncommitted: () => number): () => void {
  const stops = [
    workerMetrics.partitions.watch((gauge) => gauge.inc(partitions.size)),
    workerMetrics.heldBytes.watch((gauge) => {
      for (const { held } of partitions.values()) gauge.inc(held);
    }),
    workerMetrics.uncommitted.watch((gauge) => gauge.inc(uncommitted())),
    workerMetrics.rooms.watch((gauge) => {
      for (const state of ["loading", "live", "refused"]) gauge.inc({ state }, 0);
      for (const { rooms } of partitions.values())
        for (const room of rooms.values()) gauge.inc({ state: room.report().state });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

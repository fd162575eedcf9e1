// What happens after a worker was killed, in a town: its leases run out, and another one reads the log again.
import { vi } from "vitest";
import { partitionOf } from "#lib/partition.ts";
import { fairShare } from "#worker/lease.ts";
import { Worker } from "#worker/worker.ts";
import { silent, type Town } from "./town.ts";

/** Takes the partition of `room` with a new worker, which knows nothing of the first; answers what stops it. */
export async function replay({ layer, storage }: Town, room = "prosemirror.d"): Promise<() => Promise<void>> {
  // The first worker is not really dead: one that is to have this partition even while the first counts.
  const id = Array.from({ length: 40 }, (_, number) => `next${number}`).find((name) =>
    fairShare(name, ["w1", name]).has(partitionOf(room)),
  ) as string;
  let later = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => (later += 10_000));
  const next = new Worker({ id, channel: "yroom", layer, storages: () => storage, log: silent });
  await next.start();
  vi.restoreAllMocks();
  return () => next.stop();
}

// What happens after a worker was killed, in a town: its leases run out, and another one reads the log again.
import { vi } from "vitest";
import { Worker } from "#worker/worker.ts";
import { silent, type Town } from "./town.ts";

/** Takes every partition with a new worker, which knows nothing of the first; answers what stops it. */
export async function replay({ layer, storage }: Town): Promise<() => Promise<void>> {
  let later = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => (later += 10_000));
  const next = new Worker({ id: "w9", channel: "yroom", layer, storages: () => storage, log: silent });
  await next.start();
  vi.restoreAllMocks();
  return () => next.stop();
}

// Stops a process on SIGTERM, SIGINT or SIGHUP: runs `stop` once, then exits with 0, or with 1 if it failed or took
// longer than the limit. A second signal changes nothing, so an impatient Ctrl+C cannot cut a save short.
import type { Log } from "#lib/log.ts";

/** ms that a stop may take. */
const LIMIT = 12_000;

/** `stop` must save what is not saved, and may be called once only. */
export function onShutdown(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  const shutdown = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "saving and stopping");
    setTimeout(() => {
      log.error("the stop took too long");
      process.exit(1);
    }, LIMIT).unref();
    try {
      await stop();
      log.info("stopped");
      process.exit(0);
    } catch (error) {
      log.error({ err: error }, "the stop failed");
      process.exit(1);
    }
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => void shutdown(signal));
}

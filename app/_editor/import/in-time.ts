// How long the conversion of a file may hold up everybody else.
import { FileRefused } from "#app/_editor/import/refused.ts";
import { withinTime } from "#lib/time-limit.ts";

/** ms. The longest texts that are taken need a second or two. */
const TIME = 3_000;

/** Throws FileRefused when it takes too long. `work` must not be asynchronous. */
export function inTime<T>(work: () => T): T {
  try {
    return withinTime(TIME, work);
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code === "out-of-time") throw new FileRefused("too-slow");
    throw error;
  }
}

// Structured logs: JSON lines, or one readable line per event when standard output is a terminal. Lines carry `room`,
// `connection` (`<server>/<number>`, the same in server and worker) and `user` where they apply; never content, cookies
// or tokens, and of errors only what is known to hold none. The latest warnings are kept for diagnostic dumps.
import pino, { type Logger, type LoggerOptions } from "pino";
import pretty from "pino-pretty";
import { keepWarning } from "#lib/warnings.ts";

export type Log = Logger;

/** Characters of an error's message. */
const MESSAGE = 500;

/** A logger for one process. `name` is the role: server, worker, embedded, migrate. */
export function createLog(name: string, level: string, destination?: pino.DestinationStream): Log {
  const options: LoggerOptions = {
    name,
    level,
    serializers: { err: describeError },
    hooks: {
      logMethod(args, method, given) {
        if (given >= 40) keepWarning(given, args);
        method.apply(this, args);
      },
    },
  };
  if (destination) return pino(options, destination);
  if (!process.stdout.isTTY) return pino(options);
  return pino(options, pretty({ sync: true, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" }));
}

/** Drivers hang the arguments of a failed command on its error, and those are what people wrote. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, cause } = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: error.message.slice(0, MESSAGE),
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    stack: error.stack
      ?.split("\n    at ")
      .slice(1)
      .map((line) => `at ${line}`),
    ...(cause instanceof Error ? { cause: describeError(cause) } : {}),
  };
}

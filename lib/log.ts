// Structured logs: JSON lines, or one readable line per event when standard output is a terminal.
import pino, { type Logger } from "pino";
import pretty from "pino-pretty";

export type Log = Logger;

/** A logger for one process. `name` is the role: server, worker, embedded, migrate. */
export function createLog(name: string, level: string): Log {
  if (!process.stdout.isTTY) return pino({ name, level });
  return pino({ name, level }, pretty({ sync: true, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" }));
}

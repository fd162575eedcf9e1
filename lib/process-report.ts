// What a server or worker says of itself to all servers, for the page of administrators.
import { hostname } from "node:os";
import type { ProcessReport } from "#lib/reports.ts";
import { commit, version } from "#lib/version.ts";

/** ms between two reports of a process. */
export const REPORT_EVERY = 3_000;

const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();

type Own = Pick<ProcessReport, "id" | "role" | "channel" | "rooms" | "connections" | "partitions">;

export function reportProcess(own: Own): ProcessReport {
  const memory = process.memoryUsage.rss();
  return { ...own, host: hostname(), pid: process.pid, version, commit, startedAt, memory };
}

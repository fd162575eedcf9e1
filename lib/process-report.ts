// What a server or worker says of itself to all servers, for the page of administrators.
import { hostname } from "node:os";
import type { ChannelLayer } from "#lib/channel-layer/channel-layer.ts";
import type { ProcessReport } from "#lib/reports.ts";
import { commit, version } from "#lib/version.ts";

/** ms between two reports of a process. */
const REPORT_EVERY = 3_000;

const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();

export type OwnReport = Pick<ProcessReport, "id" | "role" | "channel" | "rooms" | "connections" | "partitions">;

function reportProcess(own: OwnReport): ProcessReport {
  const memory = process.memoryUsage.rss();
  return { ...own, host: hostname(), pid: process.pid, version, commit, startedAt, memory };
}

/** Says it now and every few seconds. Answers a function that stops it. */
export function startReports(own: () => OwnReport, layer: ChannelLayer): () => void {
  const say = () => {
    // The next one is due soon.
    layer.announce({ type: "process", report: reportProcess(own()) }).catch(() => {});
  };
  say();
  const timer = setInterval(say, REPORT_EVERY);
  return () => clearInterval(timer);
}

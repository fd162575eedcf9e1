// Typing (or moving cursors) for a while, with what it costs: shared by the scenarios of load.
import type { ActResult } from "../load/crowd.ts";
import type { Generator } from "../load/generator-process.ts";
import { cpuByPart } from "../measure/processes.ts";
import type { RunningTarget, Target } from "../targets/target.ts";

/** For scenarios that say nothing about storage. */
export function unfitForLoad({ sameLoadAs }: Target): string | null {
  return sameLoadAs ? `as ${sameLoadAs}` : null;
}

export interface Measured extends ActResult {
  /** Each process's share, and all together, in CPU seconds per 1,000 events sent. */
  cpuPerThousand: number;
  cpuByPart: Record<string, number>;
  missing: number;
  /** When it was measured, in microseconds of the system's monotonic clock, as in a CPU profile. */
  between: [number, number];
  deliveriesPerSecond: number;
}

export interface Act {
  what: "type" | "point";
  rate: number;
  seconds: number;
  /** Seconds of the same load beforehand that are not measured. */
  warmUp: number;
}

export async function measure(generator: Generator, running: RunningTarget, act: Act): Promise<Measured> {
  const { what, rate, seconds, warmUp } = act;
  await generator.call("act", { what, rate, seconds: warmUp, patience: 3_000 });
  const from = now();
  const before = cpuByPart(running.parts());
  const result = await generator.call("act", { what, rate, seconds });
  const after = cpuByPart(running.parts());
  const to = now();
  const used = Object.fromEntries(
    Object.entries(after).map(([part, cpu]) => [part, ((cpu - (before[part] ?? 0)) / result.sent) * 1000]),
  );
  return {
    ...result,
    cpuByPart: used,
    cpuPerThousand: Object.values(used).reduce((sum, cpu) => sum + cpu, 0),
    between: [from, to],
    missing: result.expected - result.delivered,
    deliveriesPerSecond: result.delivered / seconds,
  };
}

/** Why a run does not count as carried, or null. */
export function whyBroken({ missing, expected, closed, latency }: Measured, limit: number): string | null {
  const closedCount = Object.values(closed).reduce((sum, count) => sum + count, 0);
  if (closedCount > 0) return `${closedCount} connections closed (${Object.keys(closed)[0]})`;
  if (missing > 0) return `${missing} of ${expected} deliveries missing`;
  if (!(latency.p99 < limit)) return `p99 ${Math.round(latency.p99)} ms`;
  return null;
}

const now = () => Number(process.hrtime.bigint() / 1000n);

// What processes and everything they have started cost, from /proc: CPU seconds and memory.
import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

interface ProcessStat {
  pid: number;
  parent: number;
  /** user and system time, with that of children that have ended */
  ticks: number;
}

function readStat(pid: number): ProcessStat | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name is in brackets and may contain anything.
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return { pid, parent: Number(fields[1]), ticks };
  } catch {
    return null;
  }
}

/** The given processes and all their descendants. */
function family(roots: number[]): ProcessStat[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== null);
  const known = new Set(roots);
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    for (const { pid, parent } of all) if (known.has(parent)) known.add(pid);
  }
  return all.filter(({ pid }) => known.has(pid));
}

/** CPU seconds that the processes have used since they started. */
export function cpuSeconds(roots: number[]): number {
  return family(roots).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
}

/** Bytes of memory; what processes share is counted once (PSS). */
export function memoryBytes(roots: number[]): number {
  const of = (pid: number) => {
    try {
      const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1")) ?? [];
      return Number(kilobytes ?? 0) * 1024;
    } catch {
      return 0;
    }
  };
  return family(roots).reduce((sum, { pid }) => sum + of(pid), 0);
}

/** CPU seconds by name of part. */
export function cpuByPart(parts: Record<string, number[]>): Record<string, number> {
  return Object.fromEntries(Object.entries(parts).map(([name, pids]) => [name, cpuSeconds(pids)]));
}

// The servers and workers that live, as they say of themselves every few seconds.
import { Cpu, Server } from "lucide-react";
import { When } from "#app/documents/_list/when.tsx";
import type { ProcessReport } from "#lib/reports.ts";
import type { NamedOverview } from "../_data/overview.ts";
import { count, ranges, size } from "./words.ts";

export function ProcessList({ overview }: { overview: NamedOverview }) {
  return (
    <ul className="mt-2" aria-label="Servers and workers">
      {overview.processes.map((process) => (
        <Process key={process.id} process={process} isAnswering={process.id === overview.server} />
      ))}
    </ul>
  );
}

function Process({ process, isAnswering }: { process: ProcessReport; isAnswering: boolean }) {
  const { id, role, host, pid, version, commit, startedAt, memory, rooms, connections, partitions } = process;
  const Icon = role === "server" ? Server : Cpu;
  return (
    <li className="flex items-start gap-3 border-b border-line px-1 py-3 sm:px-2">
      <Icon aria-hidden size={18} strokeWidth={1.5} className="mt-0.5 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {role === "server" ? "Server" : "Worker"} {id}
          {isAnswering ? <span className="font-normal text-ink-3"> (serves this page)</span> : null}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-3 tabular">
          <span>{count(rooms, "room")}</span>
          {connections === null ? null : <span>{count(connections, "connection")}</span>}
          {partitions === null ? null : (
            <span>{partitions.length === 0 ? "No partition" : `Partitions ${ranges(partitions)}`}</span>
          )}
          <span>{size(memory)} of memory</span>
          <span>
            Version {version}
            {commit ? ` (${commit})` : ""}
          </span>
          <When at={startedAt} prefix="Started " />
          <span className="wrap-anywhere">
            {host}, process {pid}
          </span>
        </p>
      </div>
    </li>
  );
}

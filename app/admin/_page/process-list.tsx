// The servers and workers that live, as they say of themselves every few seconds.
import { Cpu, Server } from "lucide-react";
import { useLocale, useTranslations } from "#app/_i18n/use-translations.tsx";
import { When } from "#app/documents/_list/when.tsx";
import type { ProcessReport } from "#lib/reports.ts";
import type { NamedOverview } from "../_data/overview.ts";
import { ranges, size } from "./words.ts";

export function ProcessList({ overview }: { overview: NamedOverview }) {
  const words = useTranslations("admin");
  return (
    <ul className="mt-2" aria-label={words("processes")}>
      {overview.processes.map((process) => (
        <Process key={process.id} process={process} isAnswering={process.id === overview.server} />
      ))}
    </ul>
  );
}

function Process({ process, isAnswering }: { process: ProcessReport; isAnswering: boolean }) {
  const { id, role, host, pid, version, commit, startedAt, memory, rooms, connections, partitions } = process;
  const words = useTranslations("admin");
  const locale = useLocale();
  const Icon = role === "server" ? Server : Cpu;
  return (
    <li className="flex items-start gap-3 border-b border-line px-1 py-3 sm:px-2">
      <Icon aria-hidden size={18} strokeWidth={1.5} className="mt-0.5 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {words(role === "server" ? "server" : "worker", { id })}
          {isAnswering ? <span className="font-normal text-ink-3"> {words("servesThis")}</span> : null}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-3 tabular">
          <span>{words("count.rooms", { count: rooms })}</span>
          {connections === null ? null : <span>{words("count.connections", { count: connections })}</span>}
          {partitions === null ? null : (
            <span>
              {partitions.length === 0
                ? words("noPartition")
                : words("ownedPartitions", { numbers: ranges(partitions) })}
            </span>
          )}
          <span>{words("memory", { size: size(memory, locale) })}</span>
          <span>
            {words("version", { version })}
            {commit ? ` (${commit})` : ""}
          </span>
          <span>{words.rich("started", { when: () => <When at={startedAt} /> })}</span>
          <span className="wrap-anywhere">{words("process", { host, pid: String(pid) })}</span>
        </p>
      </div>
    </li>
  );
}

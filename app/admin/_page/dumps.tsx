// Where the diagnostic dumps are that were just written.
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import type { DumpResult } from "#lib/reports.ts";

export function Dumps({ dumps }: { dumps: DumpResult[] }) {
  const words = useTranslations("admin");
  return (
    <div role="status">
      {dumps.length > 0 ? (
        <div className="mt-4 rounded-lg border border-line bg-shell p-3">
          <p className="font-medium">{words("dumpsWritten")}</p>
          <ul className="mt-1 grid gap-1">
            {dumps.map((dump) => (
              <li key={dump.process} className="text-ink-2 wrap-anywhere">
                {dump.process}: {"path" in dump ? <code className="text-xs">{dump.path}</code> : dump.error}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

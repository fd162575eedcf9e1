// What became of the files that are imported: progress, a link to each document, the reason of each refusal.
"use client";

import { X } from "lucide-react";
import { useEffect } from "react";
import { limitOf } from "#app/_editor/import/kinds.ts";
import type { Refusal } from "#app/_editor/import/refused.ts";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button, IconButton } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { type Import, isUnderWay } from "./use-imports.ts";

interface ImportListProps {
  imports: Import[];
  onRetry(one: Import): void;
  onClear(): void;
  /** The summary, for screen readers; empty when there is none. */
  onTold(text: string): void;
}

export function ImportList({ imports, onRetry, onClear, onTold }: ImportListProps) {
  const [words, common] = [useTranslations("imports"), useTranslations("common")];
  const isBusy = imports.some(({ state }) => isUnderWay(state));
  const summary = imports.length > 0 ? summaryOf(imports, words) : "";
  useEffect(() => onTold(summary), [summary, onTold]);
  if (imports.length === 0) return null;
  return (
    <section aria-label={words("label")} className="mt-4 rounded-lg border border-line px-3 py-2">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <h2 className="font-semibold">{summary}</h2>
        {isBusy ? null : (
          <IconButton label={common("close")} onClick={onClear}>
            <X aria-hidden size={18} strokeWidth={1.75} />
          </IconButton>
        )}
      </div>
      <ul className="grid gap-1 pb-1">
        {imports.map((one) => (
          <li key={one.id} className="flex min-h-8 flex-wrap items-center justify-between gap-x-4">
            <Row one={one} onRetry={() => onRetry(one)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ one: { file, state }, onRetry }: { one: Import; onRetry(): void }) {
  const [words, common] = [useTranslations("imports"), useTranslations("common")];
  const name = (
    <bdi className="min-w-0 wrap-anywhere" title={file.name}>
      {file.name}
    </bdi>
  );
  switch (state.kind) {
    case "waiting":
      return (
        <>
          {name} <span className="text-ink-3">{words("waiting")}</span>
        </>
      );
    case "sending":
      return (
        <>
          {name}
          <span className="flex items-center gap-2 text-ink-3">
            {words(state.part < 1 ? "sending" : "reading")}
            <progress
              aria-label={file.name}
              className="w-24 accent-accent"
              {...(state.part < 1 ? { value: state.part } : {})}
            />
          </span>
        </>
      );
    case "done":
      return (
        <>
          <Link href={`/documents/${state.document.id}`} className="min-w-0 py-1.5 wrap-anywhere text-accent underline">
            {words.rich("open", {
              title: state.document.title || common("untitled"),
              b: (title) => <bdi>{title}</bdi>,
            })}
          </Link>
          <span className="text-ink-2">{words("done", { pictures: state.document.pictures })}</span>
        </>
      );
    case "refused":
      return (
        <>
          {name} <span className="text-bad">{refusalSentence(file.name, state.reason, words)}</span>
        </>
      );
    case "failed":
      return (
        <>
          {name}
          <span className="flex items-center gap-2 text-bad">
            {words("noAnswer")}
            <Button onClick={onRetry} aria-label={words("tryAgainWith", { file: file.name })}>
              {common("tryAgain")}
            </Button>
          </span>
        </>
      );
  }
}

type ImportWords = ReturnType<typeof useTranslations<"imports">>;

function refusalSentence(fileName: string, reason: Refusal | "other", words: ImportWords): string {
  const { kind, megabytes } = limitOf(fileName) ?? { kind: "", megabytes: 0 };
  if (reason === "too-large") return words("refused.too-large", { kind, limit: megabytes });
  if (reason === "type") return `${words("refused.type")} ${words("accepted")}`;
  return words(`refused.${reason}`);
}

function summaryOf(imports: Import[], words: ImportWords): string {
  const count = (kind: Import["state"]["kind"]) => imports.filter(({ state }) => state.kind === kind).length;
  const done = count("done");
  const failed = count("failed") + count("refused");
  const all = imports.length;
  if (done + failed < all) return words("progress", { done: done + failed, all });
  return failed === 0 ? words("summary", { done }) : words("summaryNot", { done, failed });
}

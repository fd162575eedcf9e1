// What became of the files that are imported: progress, a link to each document, the reason of each refusal.
"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { Button, IconButton } from "#app/_ui/button.tsx";
import { UNTITLED } from "../_data/title.ts";
import { type Import, isUnderWay } from "./use-imports.ts";

interface ImportListProps {
  imports: Import[];
  onRetry(one: Import): void;
  onClear(): void;
}

export function ImportList({ imports, onRetry, onClear }: ImportListProps) {
  const isBusy = imports.some(({ state }) => isUnderWay(state));
  return (
    <>
      <p role="status" className="sr-only">
        {imports.length > 0 ? summaryOf(imports) : ""}
      </p>
      {imports.length > 0 ? (
        <section aria-label="Imports" className="mt-4 rounded-lg border border-line px-3 py-2">
          <div className="flex min-h-8 items-center justify-between gap-3">
            <h2 className="font-semibold">{summaryOf(imports)}</h2>
            {isBusy ? null : (
              <IconButton label="Close" onClick={onClear}>
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
      ) : null}
    </>
  );
}

function Row({ one: { file, state }, onRetry }: { one: Import; onRetry(): void }) {
  const name = (
    <bdi className="min-w-0 wrap-anywhere" title={file.name}>
      {file.name}
    </bdi>
  );
  switch (state.kind) {
    case "waiting":
      return (
        <>
          {name} <span className="text-ink-3">Waiting</span>
        </>
      );
    case "sending":
      return (
        <>
          {name}
          <span className="flex items-center gap-2 text-ink-3">
            {state.part < 1 ? "Sending" : "Reading"}
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
            Open <bdi>{state.document.title || UNTITLED}</bdi>
          </Link>
          <span className="text-ink-2">{picturesLeftOut(state.document.pictures)}</span>
        </>
      );
    case "refused":
      return (
        <>
          {name} <span className="text-bad">{state.reason}</span>
        </>
      );
    case "failed":
      return (
        <>
          {name}
          <span className="flex items-center gap-2 text-bad">
            The server did not answer.
            <Button onClick={onRetry} aria-label={`Try again: ${file.name}`}>
              Try again
            </Button>
          </span>
        </>
      );
  }
}

function picturesLeftOut(count: number): string {
  if (count === 0) return "Imported";
  return count === 1 ? "Imported without its picture" : `Imported without its ${count} pictures`;
}

function summaryOf(imports: Import[]): string {
  const count = (kind: Import["state"]["kind"]) => imports.filter(({ state }) => state.kind === kind).length;
  const done = count("done");
  const failed = count("failed") + count("refused");
  if (done + failed < imports.length) return `Importing: ${done + failed} of ${imports.length} done`;
  const imported = `${done} ${done === 1 ? "file" : "files"} imported`;
  return failed === 0 ? imported : `${imported}, ${failed} not`;
}

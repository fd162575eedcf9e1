// The files that become documents, from the moment they were chosen: sent one after the other, and what became of each.
// Loaded with the first file.
"use client";

import { useEffect, useRef } from "react";
import { ImportList } from "./import-list.tsx";
import { useImports } from "./use-imports.ts";

interface ImportsProps {
  /** One entry for each time that somebody chose files. */
  chosen: readonly File[][];
  /** After each file that became a document. */
  onDone(): void;
  /** What screen readers are told. */
  onTold(text: string): void;
}

export function Imports({ chosen, onDone, onTold }: ImportsProps) {
  const { imports, add, retry, clear } = useImports(onDone);
  const taken = useRef(0);
  useEffect(() => {
    const added = chosen.slice(taken.current).flat();
    taken.current = chosen.length;
    if (added.length > 0) add(added);
  });
  return <ImportList imports={imports} onRetry={retry} onClear={clear} onTold={onTold} />;
}

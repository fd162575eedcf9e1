// The documents that a query finds, as somebody types it; the recently edited ones for none.
"use client";

import { useEffect, useState } from "react";
import type { DocumentItem } from "#app/documents/_data/list-documents.ts";
import { fetchDocuments } from "#app/documents/_list/requests.ts";

/** ms from the last key to the question. */
const PATIENCE = 150;
const MOST = 8;
/** A title is not longer, and the server refuses to look for more. */
const LENGTH = 200;

export interface FoundDocuments {
  documents: readonly DocumentItem[];
  isLoading: boolean;
  hasFailed: boolean;
  retry(): void;
}

/** Until the answer is there: what of the answer before fits. `without` is not found: whoever asks is there already. */
export function useFoundDocuments(query: string, without: string | undefined): FoundDocuments {
  const wanted = query.trim().slice(0, LENGTH);
  const [answer, setAnswer] = useState<{ to: string; documents: DocumentItem[] } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again.
  useEffect(() => {
    let isLate = false;
    const ask = async () => {
      try {
        const { documents } = await fetchDocuments({ q: wanted, limit: String(MOST + 1) });
        if (isLate) return;
        setAnswer({ to: wanted, documents });
        setFailed(null);
      } catch {
        if (!isLate) setFailed(wanted);
      }
    };
    const timer = setTimeout(ask, wanted === "" ? 0 : PATIENCE);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [wanted, attempt]);

  const hasFailed = failed === wanted;
  const isAnswered = answer?.to === wanted;
  const fitting = (answer?.documents ?? []).filter(
    ({ id, title }) => id !== without && (isAnswered || title.toLowerCase().includes(wanted.toLowerCase())),
  );
  return {
    documents: hasFailed ? [] : fitting.slice(0, MOST),
    isLoading: !isAnswered && !hasFailed,
    hasFailed,
    retry: () => {
      setFailed(null);
      setAttempt((times) => times + 1);
    },
  };
}

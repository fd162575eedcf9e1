// The list as it is now: searched as somebody types, asked for again every few seconds while the page is looked at.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { DocumentItem, DocumentPage } from "../_data/list-documents.ts";
import { fetchDocuments } from "./requests.ts";

/** ms between two questions, and from the last key to the search. */
const EVERY = 5_000;
const PATIENCE = 200;

export function useDocuments(first: DocumentPage, firstSearch: string) {
  const [search, setSearch] = useState(firstSearch);
  const [page, setPage] = useState(first);
  const [hasFailed, setFailed] = useState(false);
  /** Counts the questions, so that a late answer does not replace a newer one. */
  const asked = useRef(0);
  /** More than the first page is shown; refreshing would fold it up again. */
  const isLong = useRef(false);

  const refresh = useCallback(async () => {
    const number = ++asked.current;
    try {
      const next = await fetchDocuments(search);
      if (number !== asked.current) return;
      isLong.current = false;
      setPage(next);
      setFailed(false);
    } catch {
      if (number === asked.current) setFailed(true);
    }
  }, [search]);

  useEffect(() => {
    const query = search === "" ? "" : `?${new URLSearchParams({ q: search })}`;
    history.replaceState(history.state, "", `${location.pathname}${query}`);
    const soon = setTimeout(refresh, PATIENCE);
    const again = setInterval(() => {
      if (document.visibilityState === "visible" && !isLong.current) void refresh();
    }, EVERY);
    return () => {
      clearTimeout(soon);
      clearInterval(again);
    };
  }, [search, refresh]);

  const loadMore = async () => {
    if (!page.next) return;
    isLong.current = true;
    const number = ++asked.current;
    try {
      const more = await fetchDocuments(search, page.next);
      if (number !== asked.current) return;
      setPage((now) => ({ documents: [...now.documents, ...more.documents], next: more.next }));
    } catch {
      if (number === asked.current) setFailed(true);
    }
  };

  /** Shows a change before the server tells of it; answers that are on their way do not know of it yet. */
  const change = (id: string, to: Partial<DocumentItem> | null) => {
    asked.current++;
    setPage((now) => ({
      ...now,
      documents: now.documents.flatMap((item) => (item.id !== id ? [item] : to ? [{ ...item, ...to }] : [])),
    }));
  };

  return {
    search,
    setSearch,
    documents: page.documents,
    hasMore: page.next !== null,
    hasFailed,
    refresh,
    loadMore,
    change,
  };
}

// The list as it is now: searched as somebody types, asked for again every few seconds while the page is looked at.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { DocumentItem, DocumentPage } from "../_data/list-documents.ts";
import { fetchDocuments } from "./requests.ts";

/** ms between two questions, and from the last key to the search. */
const EVERY = 5_000;
const PATIENCE = 200;

export function useDocuments(first: DocumentPage, firstSearch: string) {
  const [search, setSearchText] = useState(firstSearch);
  const [page, setPage] = useState(first);
  const [hasFailed, setFailed] = useState(false);
  /** Counts the questions, so that a late answer does not replace a newer one. */
  const asked = useRef(0);
  /** How many were asked to be shown; a refresh must not fold the list up again. */
  const wanted = useRef(0);

  const setSearch = (text: string) => {
    wanted.current = 0;
    setSearchText(text);
  };

  const refresh = useCallback(async () => {
    const number = ++asked.current;
    try {
      let next = await fetchDocuments({ q: search });
      while (next.next && next.documents.length < wanted.current && number === asked.current) {
        next = join(next, await fetchDocuments({ q: search, cursor: next.next }));
      }
      if (number !== asked.current) return;
      setPage(next);
      setFailed(false);
    } catch {
      if (number === asked.current) setFailed(true);
    }
  }, [search]);

  useEffect(() => {
    const query = search === "" ? "" : `?${new URLSearchParams({ q: search })}`;
    history.replaceState(history.state, "", `${location.pathname}${query}`);
    const refreshIfSeen = () => {
      if (document.visibilityState === "visible") void refresh();
    };
    const soon = setTimeout(refresh, PATIENCE);
    const again = setInterval(refreshIfSeen, EVERY);
    document.addEventListener("visibilitychange", refreshIfSeen);
    return () => {
      clearTimeout(soon);
      clearInterval(again);
      document.removeEventListener("visibilitychange", refreshIfSeen);
    };
  }, [search, refresh]);

  const loadMore = async () => {
    if (!page.next) return;
    const number = ++asked.current;
    // Before the answer: a refresh that overtakes this question brings what it asked for.
    wanted.current = page.documents.length + 1;
    try {
      const more = join(page, await fetchDocuments({ q: search, cursor: page.next }));
      if (number !== asked.current) return;
      wanted.current = more.documents.length;
      setPage(more);
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

/** A document that was edited in between may be in both; it is shown once. */
function join(page: DocumentPage, more: DocumentPage): DocumentPage {
  const known = new Set(page.documents.map(({ id }) => id));
  return { documents: [...page.documents, ...more.documents.filter(({ id }) => !known.has(id))], next: more.next };
}

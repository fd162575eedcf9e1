// What runs, asked for again every few seconds while the page is looked at.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { NamedOverview } from "../_data/overview.ts";
import { fetchOverview } from "./requests.ts";

/** ms from an answer to the next question. */
const EVERY = 3_000;

export function useOverview() {
  const [overview, setOverview] = useState<NamedOverview | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  /** Counts the questions, so that a late answer does not replace a newer one. */
  const asked = useRef(0);

  const refresh = useCallback(async () => {
    const number = ++asked.current;
    try {
      const next = await fetchOverview();
      if (number !== asked.current) return;
      setOverview(next);
      setProblem(null);
    } catch (error) {
      if (number === asked.current) setProblem(error);
    }
  }, []);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const look = async () => {
      if (document.visibilityState === "visible") await refresh();
      if (!isOver) timer = setTimeout(look, EVERY);
    };
    void look();
    const lookIfSeen = () => void (document.visibilityState === "visible" && refresh());
    document.addEventListener("visibilitychange", lookIfSeen);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", lookIfSeen);
    };
  }, [refresh]);

  return { overview, problem, refresh };
}

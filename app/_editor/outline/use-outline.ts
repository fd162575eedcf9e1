// Whether the outline is shown, and how: beside the text where there is room for it, which is remembered in this
// browser; else over the text, until somebody has found a heading.
"use client";

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useRemembered } from "#app/_ui/use-remembered.ts";

const WIDE = "(width >= 1200px)";

export interface Outline {
  shown: "beside" | "over" | null;
  /** How often somebody asked to go there. */
  asked: number;
  /** Whether it is to get the focus now; true once for each time. */
  takesFocus(): boolean;
  toggle(): void;
  /** Shows it and goes there, or closes it for whoever is there already. */
  go(): void;
  close(): void;
}

export function useOutline(): Outline {
  const isWide = useSyncExternalStore(subscribeToWidth, isWideNow, never);
  const [isWanted, remember] = useRemembered("outline");
  const [isOver, setOver] = useState(false);
  const [asked, setAsked] = useState(0);
  const shown = isWide ? (isWanted ? "beside" : null) : isOver ? "over" : null;
  useEffect(() => {
    if (isWide) setOver(false);
  }, [isWide]);
  const wantsFocus = useRef(false);
  const latest = useRef({ isWide, shown });
  latest.current = { isWide, shown };

  const show = useCallback(
    (wanted: boolean) => {
      if (latest.current.isWide) remember(wanted);
      else setOver(wanted);
    },
    [remember],
  );
  const toggle = useCallback(() => show(latest.current.shown === null), [show]);
  const close = useCallback(() => show(false), [show]);
  const go = useCallback(() => {
    const isThere = document.activeElement?.closest(".outline-panel");
    if (latest.current.shown && isThere) return show(false);
    show(true);
    wantsFocus.current = true;
    setAsked((times) => times + 1);
  }, [show]);
  const takesFocus = useCallback(() => {
    const does = wantsFocus.current;
    wantsFocus.current = false;
    return does;
  }, []);
  return { shown, asked, takesFocus, toggle, go, close };
}

function subscribeToWidth(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

const isWideNow = () => matchMedia(WIDE).matches;
const never = () => false;

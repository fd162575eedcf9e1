// Whether the outline is shown, and how: beside the text where there is room for it, which is remembered in this
// browser; else over the text, until somebody has found a heading.
"use client";

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";

const WIDE = "(width >= 1200px)";
const KEY = "next-yroom outline";

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
  const isWanted = useSyncExternalStore(subscribeToChoice, isWantedNow, never);
  const [isOver, setOver] = useState(false);
  const [asked, setAsked] = useState(0);
  const shown = isWide ? (isWanted ? "beside" : null) : isOver ? "over" : null;
  useEffect(() => {
    if (isWide) setOver(false);
  }, [isWide]);
  const wantsFocus = useRef(false);
  const latest = useRef({ isWide, shown });
  latest.current = { isWide, shown };

  const show = useCallback((wanted: boolean) => {
    if (latest.current.isWide) remember(wanted);
    else setOver(wanted);
  }, []);
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

const listeners = new Set<() => void>();
/** For browsers that keep nothing. */
let chosen = false;

function remember(wanted: boolean): void {
  chosen = wanted;
  try {
    if (wanted) localStorage.setItem(KEY, "shown");
    else localStorage.removeItem(KEY);
  } catch {
    // It is as chosen until the page is left.
  }
  for (const listener of listeners) listener();
}

function isWantedNow(): boolean {
  try {
    return localStorage.getItem(KEY) === "shown";
  } catch {
    return chosen;
  }
}

function subscribeToChoice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function subscribeToWidth(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

const isWideNow = () => matchMedia(WIDE).matches;
const never = () => false;

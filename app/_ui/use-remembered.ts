// A choice that is remembered in this browser, yes or no; every part of the page sees it at once.
"use client";

import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
/** For browsers that keep nothing: as chosen until the page is left. */
const chosen = new Map<string, boolean>();

function isChosen(key: string): boolean {
  try {
    return localStorage.getItem(key) === "yes";
  } catch {
    return chosen.get(key) ?? false;
  }
}

function remember(key: string, choice: boolean): void {
  chosen.set(key, choice);
  try {
    if (choice) localStorage.setItem(key, "yes");
    else localStorage.removeItem(key);
  } catch {
    // Not kept.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** No until the page is alive, and until somebody says yes. `name` is said to people who look into their browser. */
export function useRemembered(name: string): [boolean, (choice: boolean) => void] {
  const key = `next-yroom ${name}`;
  const choice = useSyncExternalStore(
    subscribe,
    () => isChosen(key),
    () => false,
  );
  return [choice, useCallback((next: boolean) => remember(key, next), [key])];
}

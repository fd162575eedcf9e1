// Choices that are kept in this browser, a text for each; every part of the page hears of a new one.
"use client";

const listeners = new Set<() => void>();
/** For browsers that keep nothing: as chosen until the page is left. */
const chosen = new Map<string, string>();

/** Null if nothing was chosen. */
export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return chosen.get(key) ?? null;
  }
}

/** Null takes the choice back. */
export function keep(key: string, choice: string | null): void {
  if (choice === null) chosen.delete(key);
  else chosen.set(key, choice);
  try {
    if (choice === null) localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // It is as chosen until the page is left.
  }
  for (const listener of listeners) listener();
}

export function subscribeToKept(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

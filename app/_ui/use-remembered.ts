// A choice that is remembered in this browser, yes or no.
"use client";

import { useCallback, useSyncExternalStore } from "react";
import { keep, readKept, subscribeToKept } from "./kept.ts";

/** No until the page is alive, and until somebody says yes. `name` is said to people who look into their browser. */
export function useRemembered(name: string): [boolean, (choice: boolean) => void] {
  const key = `next-yroom ${name}`;
  const choice = useSyncExternalStore(
    subscribeToKept,
    () => readKept(key) === "yes",
    () => false,
  );
  return [choice, useCallback((next: boolean) => keep(key, next ? "yes" : null), [key])];
}

// Light, dark, or as the system has it: chosen once for a browser and all its tabs. theme-script.ts puts it on the page
// before this code is there.
"use client";

import { useEffect, useSyncExternalStore } from "react";
import { keep, readKept, subscribeToKept } from "./kept.ts";

export type Theme = "light" | "dark" | "system";

/** Where the choice is kept. */
const KEY = "theme";

export function useTheme(): { theme: Theme; resolvedTheme: "light" | "dark"; setTheme(theme: Theme): void } {
  const theme = useSyncExternalStore(subscribe, themeNow, () => "system" as const);
  const resolvedTheme = useSyncExternalStore(subscribe, resolvedNow, () => "light" as const);
  return { theme, resolvedTheme, setTheme };
}

/** Follows the system and the other tabs for as long as the page is there. */
export function KeepTheme(): null {
  useEffect(() => {
    const unsubscribe = subscribe(show);
    // Another tab may have chosen after theme-script.ts had looked.
    show();
    return unsubscribe;
  }, []);
  return null;
}

const setTheme = (theme: Theme): void => keep(KEY, theme);

function themeNow(): Theme {
  const kept = readKept(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

const dark = () => matchMedia("(prefers-color-scheme: dark)");

function resolvedNow(): "light" | "dark" {
  const theme = themeNow();
  return theme === "system" ? (dark().matches ? "dark" : "light") : theme;
}

/** Colours change at once: half of them fading would look broken. */
function show(): void {
  const { dataset, style } = document.documentElement;
  const theme = resolvedNow();
  if (dataset.theme === theme) return;
  dataset.themeChanges = "";
  dataset.theme = theme;
  style.colorScheme = theme;
  getComputedStyle(document.body).color;
  setTimeout(() => delete dataset.themeChanges, 1);
}

function subscribe(listener: () => void): () => void {
  const media = dark();
  const unsubscribe = subscribeToKept(listener);
  media.addEventListener("change", listener);
  // From the other tabs.
  window.addEventListener("storage", listener);
  return () => {
    unsubscribe();
    window.removeEventListener("storage", listener);
    media.removeEventListener("change", listener);
  };
}

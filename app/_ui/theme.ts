// Light, dark, or as the system has it: chosen once for a browser and all its tabs. theme-script.ts puts it on the page
// before this code is there.
"use client";

import { useEffect, useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";

/** Where the choice is kept. */
const KEY = "theme";

const listeners = new Set<() => void>();
/** For browsers that keep nothing. */
let chosen: Theme = "system";

export function useTheme(): { theme: Theme; resolvedTheme: "light" | "dark"; setTheme(theme: Theme): void } {
  const theme = useSyncExternalStore(subscribe, themeNow, () => "system" as const);
  const resolvedTheme = useSyncExternalStore(subscribe, resolvedNow, () => "light" as const);
  return { theme, resolvedTheme, setTheme };
}

/** Follows the system and the other tabs for as long as the page is there. */
export function KeepTheme(): null {
  useEffect(() => subscribe(show), []);
  return null;
}

function setTheme(theme: Theme): void {
  chosen = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It is as chosen until the page is left.
  }
  for (const listener of listeners) listener();
}

function themeNow(): Theme {
  let kept: string | null = chosen;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // As above.
  }
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
  listeners.add(listener);
  media.addEventListener("change", listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    media.removeEventListener("change", listener);
    window.removeEventListener("storage", listener);
  };
}

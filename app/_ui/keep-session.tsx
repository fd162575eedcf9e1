// Prolongs the session of whoever comes back: next-auth does so when it is asked who is signed in. Whether the session
// still counts is checked by the server at every request, not here.
"use client";

import { useEffect } from "react";

/** ms between two prolongations in one browser. */
const INTERVAL = 12 * 60 * 60 * 1000;
const LAST = "next-yroom session prolonged";

export function KeepSession() {
  useEffect(() => {
    prolong();
    document.addEventListener("visibilitychange", prolong);
    return () => document.removeEventListener("visibilitychange", prolong);
  }, []);
  return null;
}

/** Seldom, because an answer that arrives after a sign-out would undo it. */
function prolong(): void {
  try {
    const last = Number(localStorage.getItem(LAST) ?? 0);
    if (document.visibilityState === "hidden" || Math.abs(Date.now() - last) < INTERVAL) return;
    localStorage.setItem(LAST, String(Date.now()));
  } catch {
    // This browser keeps nothing, so there is no telling when the last time was.
    return;
  }
  // Without an answer the session lasts as long as it did; another visit asks again.
  fetch("/api/auth/session").catch(() => localStorage.removeItem(LAST));
}

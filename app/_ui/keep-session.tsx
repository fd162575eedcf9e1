// Prolongs the session of whoever comes back: next-auth does so when it is asked who is signed in. Whether the session
// still counts is checked by the server at every request, not here.
"use client";

import { useEffect } from "react";

/** ms between two prolongations in a page that stays open. */
const INTERVAL = 12 * 60 * 60 * 1000;

export function KeepSession() {
  useEffect(() => {
    let last = 0;
    const prolong = () => {
      if (document.visibilityState === "hidden" || Date.now() - last < INTERVAL) return;
      last = Date.now();
      // Without an answer the session lasts as long as it did; the next visit asks again.
      fetch("/api/auth/session").catch(() => {});
    };
    prolong();
    document.addEventListener("visibilitychange", prolong);
    return () => document.removeEventListener("visibilitychange", prolong);
  }, []);
  return null;
}

// Code that a component asks for when it needs it, and what is said when it does not come.
"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { notifyError } from "./notify.ts";

/** What `load` (of later.ts) answers, once it has been wanted; null until then. `onFail` takes the wish back. */
export function useLater<T>(load: () => Promise<T>, isWanted: boolean, onFail: () => void): T | null {
  const words = useTranslations("common");
  const [loaded, setLoaded] = useState<{ value: T } | null>(null);
  const fail = useRef(onFail);
  fail.current = () => {
    onFail();
    notifyError(words("loadFailed"));
  };
  const isNeeded = isWanted && !loaded;
  useEffect(() => {
    if (!isNeeded) return;
    let isGone = false;
    load().then(
      (value) => isGone || setLoaded({ value }),
      () => isGone || fail.current(),
    );
    return () => {
      isGone = true;
    };
  }, [load, isNeeded]);
  return loaded?.value ?? null;
}

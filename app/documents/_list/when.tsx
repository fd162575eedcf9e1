// A moment in words, with the exact time in its tooltip.
"use client";

import { useEffect, useState } from "react";
import { useLocale } from "#app/_i18n/use-translations.tsx";
import { relativeTime } from "./relative-time.ts";

export function When({ at }: { at: string }) {
  const locale = useLocale();
  // The server does not know the visitor's clock, so it shows the day and the browser the rest.
  const [text, setText] = useState(at.slice(0, 10));
  const [exact, setExact] = useState(at);
  useEffect(() => {
    const show = () => setText(relativeTime(new Date(at), new Date(), locale));
    show();
    setExact(new Date(at).toLocaleString(locale));
    const timer = setInterval(show, 30_000);
    return () => clearInterval(timer);
  }, [at, locale]);
  return (
    <time dateTime={at} title={exact}>
      {text}
    </time>
  );
}

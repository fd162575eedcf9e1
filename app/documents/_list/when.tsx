// A moment in words, with the exact time in its tooltip.
"use client";

import { useEffect, useState } from "react";
import { relativeTime } from "./relative-time.ts";

export function When({ at, prefix = "" }: { at: string; prefix?: string }) {
  // The server knows neither the visitor's clock nor their language, so it shows the day and the browser the rest.
  const [text, setText] = useState(at.slice(0, 10));
  const [exact, setExact] = useState(at);
  useEffect(() => {
    const show = () => setText(relativeTime(new Date(at), new Date(), navigator.language));
    show();
    setExact(new Date(at).toLocaleString());
    const timer = setInterval(show, 30_000);
    return () => clearInterval(timer);
  }, [at]);
  return (
    <time dateTime={at} title={exact}>
      {prefix}
      {text}
    </time>
  );
}

// The field in which a document of the list gets another title.
"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { TITLE_LENGTH } from "../_data/title.ts";

interface TitleInputProps {
  title: string;
  onDone(title: string | null, isByKey: boolean): void;
}

/** Enter and leaving the field keep the new title, Escape the old one (null). */
export function TitleInput({ title, onDone }: TitleInputProps) {
  const words = useTranslations("common");
  const [value, setValue] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The menu gives the focus back to its button after this appears.
    const timer = setTimeout(() => {
      field.current?.focus();
      field.current?.select();
    });
    return () => clearTimeout(timer);
  }, []);
  return (
    <input
      ref={field}
      aria-label={words("title")}
      value={value}
      maxLength={TITLE_LENGTH}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => onDone(value, false)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") onDone(value, true);
        if (event.key === "Escape") onDone(null, true);
      }}
      className="relative h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-paper px-2 text-base sm:text-sm"
    />
  );
}

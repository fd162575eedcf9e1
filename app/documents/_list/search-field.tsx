// Search as you type; "/" brings you here from anywhere on the page.
"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { moveFocus } from "./focus.ts";

export function SearchField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const words = useTranslations("documents");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest("input, textarea, [contenteditable]");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <search className="relative mt-5 block">
      <Search
        aria-hidden
        size={18}
        strokeWidth={1.75}
        className="pointer-events-none absolute start-3 top-1/2 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={field}
        type="search"
        aria-label={words("search")}
        placeholder={words("search")}
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onChange("");
          if (!event.nativeEvent.isComposing) moveFocus(event);
        }}
        className="h-11 w-full rounded-md border border-line-strong bg-paper ps-10 pe-10 text-base placeholder:text-ink-3 sm:h-10 sm:text-sm [&::-webkit-search-cancel-button]:hidden"
      />
      {value === "" ? (
        <kbd
          aria-hidden
          className="pointer-events-none absolute end-3 top-1/2 hidden -translate-y-1/2 rounded border border-line px-1.5 text-xs text-ink-3 sm:block"
        >
          /
        </kbd>
      ) : (
        <button
          type="button"
          aria-label={words("clearSearch")}
          onClick={() => {
            onChange("");
            field.current?.focus();
          }}
          className="absolute end-1 top-1/2 grid size-9 -translate-y-1/2 place-items-center rounded-md text-ink-3 hover:text-ink"
        >
          <X size={18} strokeWidth={1.75} />
        </button>
      )}
    </search>
  );
}

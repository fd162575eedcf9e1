// The languages side by side, each by its own name: for pages of people who are not signed in.
"use client";

import { useLocale, useTranslations } from "#app/_i18n/use-translations.tsx";
import { useChooseLocale } from "./choose-locale.ts";
import { locales } from "./locales.ts";

export function LanguageRow() {
  const current = useLocale();
  const words = useTranslations("language");
  const choose = useChooseLocale();
  return (
    <nav aria-label={words("label")} className="-mx-2.5 mt-8 flex flex-wrap gap-x-1">
      {locales.map(({ code, name }) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === current}
          onClick={() => void choose(code)}
          className={`h-11 rounded-md px-2.5 text-ink-2 hover:bg-hover hover:text-ink sm:h-8 pointer-coarse:h-11 ${code === current ? "font-medium text-ink" : ""}`}
        >
          <bdi>{name}</bdi>
        </button>
      ))}
    </nav>
  );
}

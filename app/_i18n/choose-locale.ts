// Keeps the choice of a language in the browser, and shows the page anew in it.
"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { notifyError } from "#app/_ui/notify.ts";
import type { LocaleCode } from "./locales.ts";

export function useChooseLocale(): (locale: LocaleCode) => Promise<void> {
  const router = useRouter();
  const words = useTranslations("language");
  return async (locale) => {
    const answer = await fetch("/api/language", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ locale }),
    }).catch(() => null);
    if (answer?.ok) router.refresh();
    else notifyError(words("failed"));
  };
}

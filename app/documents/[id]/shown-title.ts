// What stands for a title in the page.
"use client";

import { useCallback } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";

export function useShownTitle(): (title: string) => string {
  const words = useTranslations("common");
  return useCallback((title) => title || words("untitled"), [words]);
}

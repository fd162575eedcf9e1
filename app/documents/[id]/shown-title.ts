// What stands for a title in the page.
"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";

export function useShownTitle(): (title: string) => string {
  const words = useTranslations("common");
  return useCallback((title) => title || words("untitled"), [words]);
}

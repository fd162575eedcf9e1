// next-intl's hooks for components in the browser, with a reader of messages that is a tenth of its size. What is made
// on the server alone uses next-intl itself.
"use client";

import type { useTranslations as useTranslationsOfNextIntl } from "next-intl";
import { createContext, type ReactNode, use, useMemo } from "react";
import { DEFAULT_LOCALE, type LocaleCode } from "./locales.ts";
import { type Tree, translatorOf } from "./translator.ts";

const Spoken = createContext<{ locale: LocaleCode; messages: Tree }>({ locale: DEFAULT_LOCALE, messages: {} });

interface WordsProviderProps {
  locale: LocaleCode;
  messages: Tree;
  children: ReactNode;
}

export function WordsProvider({ locale, messages, children }: WordsProviderProps) {
  const spoken = useMemo(() => ({ locale, messages }), [locale, messages]);
  return <Spoken value={spoken}>{children}</Spoken>;
}

export function useLocale(): LocaleCode {
  return use(Spoken).locale;
}

/** `words("key", { argument })` and `words.rich(…)` of a namespace: the same from one drawing to the next. */
export const useTranslations = ((namespace: string) => {
  const { locale, messages } = use(Spoken);
  return useMemo(() => {
    const part = messages[namespace];
    return translatorOf(locale, typeof part === "object" ? part : {});
  }, [locale, messages, namespace]);
}) as unknown as typeof useTranslationsOfNextIntl;

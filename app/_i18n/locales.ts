// The languages of the interface, and the only list of them. The words are in messages/<code>/; what a document is
// written in is nobody's business here.

/** `name` in the language itself; `code` as browsers name it (BCP 47) and as the folder of its messages is called. */
export const locales = [
  { code: "en", name: "English", direction: "ltr" },
  { code: "de", name: "Deutsch", direction: "ltr" },
  { code: "ar", name: "العربية", direction: "rtl" },
] as const;

export type LocaleCode = (typeof locales)[number]["code"];

/** For whoever speaks none of them. */
export const DEFAULT_LOCALE: LocaleCode = "en";

/** Where a person's choice is kept, in their browser. */
export const LOCALE_COOKIE = "yroom-locale";

export const localeCodes = locales.map(({ code }) => code);

/** Null if it is none of ours. */
export function knownLocale(code: string | undefined): LocaleCode | null {
  return localeCodes.find((known) => known === code) ?? null;
}

export function directionOf(code: LocaleCode): "ltr" | "rtl" {
  return locales.find((locale) => locale.code === code)?.direction ?? "ltr";
}

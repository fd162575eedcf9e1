// Says in the page's language what went wrong with a request of the page of administrators.
"use client";

import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { AdminProblem } from "./requests.ts";

export function useExplain(): (error: unknown) => string {
  const words = useTranslations("admin.problem");
  return (error) => {
    if (!(error instanceof AdminProblem)) return String(error);
    if (error.code) return words(error.code);
    return error.status ? words("status", { status: String(error.status) }) : words("noAnswer");
  };
}

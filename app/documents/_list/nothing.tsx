// What the list says when there is no document to show, or none of that name. Loaded then.
"use client";

import { FilePlus2, FileSearch } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";

interface NothingProps {
  search: string;
  onClear(): void;
  create: ReactNode;
}

export function Nothing({ search, onClear, create }: NothingProps) {
  const [words, imports] = [useTranslations("documents"), useTranslations("imports")];
  if (search.trim() === "") {
    return (
      <EmptyState icon={<FilePlus2 size={40} strokeWidth={1.25} />} title={words("none")} action={create}>
        {words("noneText")} {imports("accepted")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<FileSearch size={40} strokeWidth={1.25} />}
      title={words("noMatch", { search: search.trim() })}
      action={<Button onClick={onClear}>{words("clearSearch")}</Button>}
    >
      {words("searchText")}
    </EmptyState>
  );
}

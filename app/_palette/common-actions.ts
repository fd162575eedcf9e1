// The actions of the command palette that every page has.
"use client";

import { FilePlus2, FileText, LogOut, Moon, Sun, Trash2 } from "lucide-react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { notifyError } from "#app/_ui/notify.ts";
import { useSignOut } from "#app/_ui/sign-out.ts";
import { useTheme } from "#app/_ui/theme.ts";
import { postDocument } from "#app/documents/_list/requests.ts";
import type { PaletteAction } from "./actions.ts";
import { useGo } from "./go.ts";

export function useCommonActions(): PaletteAction[] {
  const go = useGo();
  const { resolvedTheme, setTheme } = useTheme();
  const [words, common] = [useTranslations("palette"), useTranslations("common")];
  const signOut = useSignOut();
  const isDark = resolvedTheme === "dark";
  const create = async () => {
    try {
      go(`/documents/${(await postDocument()).id}`);
    } catch {
      notifyError(common("createFailed"));
    }
  };
  return [
    {
      id: "new",
      title: common("newDocument"),
      Icon: FilePlus2,
      synonyms: words("newSynonyms"),
      run: () => void create(),
    },
    {
      id: "documents",
      title: common("allDocuments"),
      Icon: FileText,
      synonyms: words("documentsSynonyms"),
      run: () => go("/documents"),
    },
    {
      id: "trash",
      title: common("trash"),
      Icon: Trash2,
      synonyms: words("trashSynonyms"),
      run: () => go("/documents/trash"),
    },
    {
      id: "theme",
      title: words(isDark ? "lightTheme" : "darkTheme"),
      Icon: isDark ? Sun : Moon,
      synonyms: words("themeSynonyms"),
      run: () => setTheme(isDark ? "light" : "dark"),
    },
    {
      id: "sign-out",
      title: common("signOut"),
      Icon: LogOut,
      synonyms: words("signOutSynonyms"),
      run: () => void signOut(),
    },
  ];
}

// What the command palette offers on a document's page.
"use client";

import { CircleHelp, CloudCheck, Download, Link, Printer, Search, TableOfContents, Type } from "lucide-react";
import { keyLabel } from "#app/_editor/key-label.ts";
import type { PageActions } from "#app/_editor/keys.ts";
import { isMac } from "#app/_editor/platform.ts";
import { shortcutOf } from "#app/_editor/toolbar/entries.ts";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import type { PaletteAction } from "#app/_palette/actions.ts";
import { choices, exportUrl, useCopyLink } from "./share-menu.tsx";

interface ToolbarChoice {
  isHidden: boolean;
  toggle(): void;
}

export function useDocumentActions(documentId: string, page: PageActions, toolbar: ToolbarChoice): PaletteAction[] {
  const [document, share] = [useTranslations("document"), useTranslations("share")];
  const copyLink = useCopyLink(documentId);
  const actions: PaletteAction[] = [
    {
      id: "find",
      title: document("find"),
      Icon: Search,
      synonyms: document("findSynonyms"),
      run: () => page.find("find"),
    },
    {
      id: "outline",
      title: document("outline"),
      Icon: TableOfContents,
      synonyms: document("outlineSynonyms"),
      run: page.goToOutline,
    },
    {
      id: "toolbar-choice",
      title: document(toolbar.isHidden ? "showToolbar" : "hideToolbar"),
      Icon: Type,
      synonyms: document("toolbarSynonyms"),
      run: toolbar.toggle,
    },
    { id: "help", title: document("help"), Icon: CircleHelp, synonyms: document("helpSynonyms"), run: page.showHelp },
    {
      id: "saved",
      title: document("showSaved"),
      Icon: CloudCheck,
      synonyms: document("showSavedSynonyms"),
      run: page.showSaveState,
    },
    {
      id: "copy-link",
      title: share("copyLink"),
      Icon: Link,
      synonyms: document("copyLinkSynonyms"),
      run: () => void copyLink(),
    },
    ...choices.map(([format, extension]) => ({
      id: `export-${format}`,
      title: document("exportAs", { format: share(`format.${format}`) }),
      Icon: Download,
      synonyms: `${document("exportSynonyms")} ${extension.slice(1)}`,
      run: () => download(exportUrl(documentId, format)),
    })),
    {
      id: "print",
      title: share("print"),
      Icon: Printer,
      synonyms: document("printSynonyms"),
      run: () => window.print(),
    },
  ];
  return actions.map((action) => {
    const key = shortcutOf(action.id);
    return { ...action, keys: key ? keyLabel(key, isMac()) : undefined };
  });
}

function download(url: string): void {
  const link = window.document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}

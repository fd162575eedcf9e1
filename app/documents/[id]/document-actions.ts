// What the command palette offers on a document's page.
import { CircleHelp, CloudCheck, Download, Printer, Search, TableOfContents } from "lucide-react";
import { keyLabel } from "#app/_editor/key-label.ts";
import type { PageActions } from "#app/_editor/keys.ts";
import { isMac } from "#app/_editor/platform.ts";
import { shortcuts } from "#app/_editor/toolbar/entries.ts";
import type { PaletteAction } from "#app/_palette/actions.ts";
import { choices, exportUrl } from "./export-menu.tsx";

export function documentActions(documentId: string, page: PageActions): PaletteAction[] {
  const actions: PaletteAction[] = [
    {
      id: "find",
      title: "Find and replace",
      Icon: Search,
      synonyms: "search text",
      run: () => page.find("find"),
    },
    {
      id: "outline",
      title: "Outline",
      Icon: TableOfContents,
      synonyms: "headings contents toc words count",
      run: page.goToOutline,
    },
    { id: "help", title: "Keyboard shortcuts", Icon: CircleHelp, synonyms: "help keys", run: page.showHelp },
    {
      id: "saved",
      title: "Show whether everything is saved",
      Icon: CloudCheck,
      synonyms: "state",
      run: page.showSaveState,
    },
    ...choices.map(([format, name, extension]) => ({
      id: `export-${format}`,
      title: `Export as ${name}`,
      Icon: Download,
      synonyms: `download save ${extension.slice(1)}`,
      run: () => download(exportUrl(documentId, format)),
    })),
    { id: "print", title: "Print or save as PDF", Icon: Printer, synonyms: "export paper", run: () => window.print() },
  ];
  return actions.map((action) => {
    const key = shortcuts.get(action.title);
    return { ...action, keys: key ? keyLabel(key, isMac()) : undefined };
  });
}

function download(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}

// Download the document, or print it.
"use client";

import { Download, Printer } from "lucide-react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { IconButton } from "#app/_ui/button.tsx";
import { LazyMenu, useMenuParts } from "#app/_ui/lazy-menu.tsx";

/** Names of app/_editor/export/formats.ts; the converters stay on the server. */
export const choices = [
  ["markdown", ".md"],
  ["html", ".html"],
  ["docx", ".docx"],
  ["text", ".txt"],
  ["json", ".json"],
  ["xml", ".xml"],
] as const;

export function ExportMenu({ documentId }: { documentId: string }) {
  const words = useTranslations("share");
  const trigger = (
    <IconButton label={words("export")}>
      <Download aria-hidden size={18} strokeWidth={1.75} />
    </IconButton>
  );
  return (
    <LazyMenu trigger={trigger} align="end" layerClass="menu-layer" popupClass="menu">
      <Choices documentId={documentId} />
    </LazyMenu>
  );
}

function Choices({ documentId }: { documentId: string }) {
  const words = useTranslations("share");
  const Menu = useMenuParts();
  return (
    <>
      {choices.map(([format, extension]) => (
        <Menu.Item key={format} className="menu-item" render={<a href={exportUrl(documentId, format)} download />}>
          <span className="menu-item-title">{words(`format.${format}`)}</span>
          <kbd>{extension}</kbd>
        </Menu.Item>
      ))}
      <Menu.Item className="menu-item" onClick={() => window.print()}>
        <span className="menu-item-title">{words("print")}</span>
        <Printer aria-hidden size={16} strokeWidth={1.75} />
      </Menu.Item>
    </>
  );
}

/** Where a document is downloaded from. */
export function exportUrl(documentId: string, format: string): string {
  return `/api/documents/${encodeURIComponent(documentId)}/export?format=${format}&download=1`;
}

// Download the document, or print it.
"use client";

import { Menu } from "@base-ui/react/menu";
import { Download, Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "#app/_ui/button.tsx";

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
  return (
    <Menu.Root>
      <Menu.Trigger render={<IconButton label={words("export")} />}>
        <Download aria-hidden size={18} strokeWidth={1.75} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="menu-layer">
          <Menu.Popup className="menu">
            {choices.map(([format, extension]) => (
              <Menu.Item
                key={format}
                className="menu-item"
                render={<a href={exportUrl(documentId, format)} download />}
              >
                <span className="menu-item-title">{words(`format.${format}`)}</span>
                <kbd>{extension}</kbd>
              </Menu.Item>
            ))}
            <Menu.Item className="menu-item" onClick={() => window.print()}>
              <span className="menu-item-title">{words("print")}</span>
              <Printer aria-hidden size={16} strokeWidth={1.75} />
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Where a document is downloaded from. */
export function exportUrl(documentId: string, format: string): string {
  return `/api/documents/${encodeURIComponent(documentId)}/export?format=${format}&download=1`;
}

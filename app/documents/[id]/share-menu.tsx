// Hand the document on: its link, a file of it, paper.
"use client";

import { Link, Printer, Share2 } from "lucide-react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { IconButton } from "#app/_ui/button.tsx";
import { copyText } from "#app/_ui/copy-text.ts";
import { LazyMenu, useMenuParts } from "#app/_ui/lazy-menu.tsx";
import { notify, notifyError } from "#app/_ui/notify.ts";

/** Names of app/_editor/export/formats.ts; the converters stay on the server. */
export const choices = [
  ["markdown", ".md"],
  ["html", ".html"],
  ["docx", ".docx"],
  ["text", ".txt"],
  ["json", ".json"],
  ["xml", ".xml"],
] as const;

export function ShareMenu({ documentId }: { documentId: string }) {
  const words = useTranslations("share");
  const trigger = (
    <IconButton label={words("share")}>
      <Share2 aria-hidden size={18} strokeWidth={1.75} />
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
  const copyLink = useCopyLink(documentId);
  return (
    <>
      <Menu.Group>
        <Menu.GroupLabel className="px-2 py-1.5 text-xs text-ink-3">{words("access")}</Menu.GroupLabel>
        <Menu.Item className="menu-item" onClick={copyLink}>
          <span className="menu-item-title">{words("copyLink")}</span>
          <Link aria-hidden size={16} strokeWidth={1.75} />
        </Menu.Item>
      </Menu.Group>
      <Menu.Group>
        <Menu.GroupLabel className="px-2 py-1.5 text-xs text-ink-3">{words("download")}</Menu.GroupLabel>
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
      </Menu.Group>
    </>
  );
}

/** Copies the address of a document, and says so. */
export function useCopyLink(documentId: string): () => Promise<void> {
  const words = useTranslations("share");
  return async () => {
    const link = new URL(`/documents/${encodeURIComponent(documentId)}`, window.location.href);
    if (await copyText(link.href)) notify(words("linkCopied"));
    else notifyError(words("linkNotCopied"));
  };
}

/** Where a document is downloaded from. */
export function exportUrl(documentId: string, format: string): string {
  return `/api/documents/${encodeURIComponent(documentId)}/export?format=${format}&download=1`;
}

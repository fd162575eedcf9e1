// The formats of an export. To add one: a function in a file beside this one, one line here, and one in the menu
// (app/documents/[id]/share-menu.tsx) with its name in each language.

import { toDocx } from "#app/_editor/export/docx.ts";
import type { ExportFormat } from "#app/_editor/export/format.ts";
import { toHtml } from "#app/_editor/export/html.ts";
import { toJson } from "#app/_editor/export/json.ts";
import { toMarkdown } from "#app/_editor/export/markdown.ts";
import { toText } from "#app/_editor/export/text.ts";
import { toXml } from "#app/_editor/export/xml.ts";

export const formats = {
  html: { title: "Web page", hasPictures: true, extension: "html", type: "text/html", convert: toHtml },
  markdown: { title: "Markdown", extension: "md", type: "text/markdown", convert: toMarkdown },
  docx: {
    title: "Word",
    hasPictures: true,
    extension: "docx",
    type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    convert: toDocx,
  },
  text: { title: "Plain text", extension: "txt", type: "text/plain", convert: toText },
  json: { title: "ProseMirror JSON", extension: "json", type: "application/json", convert: toJson },
  xml: { title: "Yjs XML", extension: "xml", type: "application/xml", convert: toXml },
} satisfies Record<string, ExportFormat>;

export type FormatName = keyof typeof formats;

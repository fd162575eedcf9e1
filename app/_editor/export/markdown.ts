// The document as Markdown, its title as the first heading.
import type { ExportSource } from "#app/_editor/export/format.ts";
import { serializeMarkdown } from "#app/_editor/markdown.ts";
import { schema } from "#app/_editor/schema.ts";

export function toMarkdown({ title, doc }: ExportSource): string {
  const heading = title ? [schema.node("heading", { level: 1 }, schema.text(title))] : [];
  return `${serializeMarkdown(schema.node("doc", null, [...heading, ...doc.content.content])).trimEnd()}\n`;
}

// The document as ProseMirror's JSON.
import type { ExportSource } from "#app/_editor/export/format.ts";

export function toJson({ title, doc }: ExportSource): string {
  return `${JSON.stringify({ title, doc: doc.toJSON() }, null, 2)}\n`;
}

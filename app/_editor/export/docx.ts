// The document as a Word file. The library is large, so it is loaded with the first export.
import type { ExportSource } from "#app/_editor/export/format.ts";

export async function toDocx(source: ExportSource): Promise<Uint8Array<ArrayBuffer>> {
  const { writeDocx } = await import("#app/_editor/export/docx/write-docx.ts");
  return writeDocx(source);
}

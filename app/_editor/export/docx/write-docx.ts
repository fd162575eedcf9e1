// Puts a Word file together: the title, the blocks, the lists that they use.
import { Document, HeadingLevel, Packer, Paragraph, TextRun } from "docx";
import { BlockWriter } from "#app/_editor/export/docx/blocks.ts";
import { clean } from "#app/_editor/export/docx/inline.ts";
import { styles } from "#app/_editor/export/docx/styles.ts";
import type { ExportSource } from "#app/_editor/export/format.ts";

export async function writeDocx({ title, doc, pictures }: ExportSource): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new BlockWriter(pictures);
  const name = clean(title);
  const heading = name ? [new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(name)] })] : [];
  const children = [...heading, ...writer.write(doc)];
  const file = new Document({
    title: name,
    creator: "",
    styles,
    numbering: { config: writer.lists },
    sections: [{ children }],
  });
  return Uint8Array.from(await Packer.toBuffer(file));
}

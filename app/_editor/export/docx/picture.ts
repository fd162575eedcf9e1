// A picture in a Word file, with the words for those who do not see it. Word knows PNG, JPEG and GIF; of the others,
// and of one that cannot be had, the words stay.
import { AlignmentType, ImageRun, Paragraph, TextRun } from "docx";
import type { Node } from "prosemirror-model";
import { clean } from "#app/_editor/export/docx/inline.ts";
import type { ExportSource } from "#app/_editor/export/format.ts";

/** px: the text's width on A4. */
const TEXT_WIDTH = 600;
const kinds: Record<string, "png" | "jpg" | "gif"> = { "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif" };

export function pictureOf({ attrs }: Node, pictures: ExportSource["pictures"]): Paragraph[] {
  const picture = pictures.get(attrs.file);
  const type = picture && kinds[picture.type];
  const alt = clean(attrs.alt);
  if (!picture || !type) {
    return alt === "" ? [] : [new Paragraph({ children: [new TextRun({ text: `[${alt}]`, italics: true })] })];
  }
  const [width, height] = [attrs.pixelWidth ?? TEXT_WIDTH, attrs.pixelHeight ?? TEXT_WIDTH];
  const shown = attrs.width ? (TEXT_WIDTH * attrs.width) / 100 : Math.min(TEXT_WIDTH, width);
  const transformation = { width: Math.round(shown), height: Math.max(1, Math.round((shown * height) / width)) };
  const image = new ImageRun({
    type,
    data: Buffer.from(picture.bytes),
    transformation,
    altText: { name: alt || "Picture", description: alt, title: alt },
  });
  return [new Paragraph({ alignment: AlignmentType.CENTER, children: [image] })];
}

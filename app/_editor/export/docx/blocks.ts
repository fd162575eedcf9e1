// The blocks of a document as paragraphs and tables of Word. A node that is not known here is written by its text.
import {
  AlignmentType,
  HeadingLevel,
  type ILevelsOptions,
  type IParagraphOptions,
  PageBreak,
  Paragraph,
  type ParagraphChild,
  Table,
  TextRun,
} from "docx";
import type { Node } from "prosemirror-model";
import { clean, inlineOf, textOf } from "#app/_editor/export/docx/inline.ts";
import { pictureOf } from "#app/_editor/export/docx/picture.ts";
import { DEEPEST_LEVEL, divider, INDENT, listLevels, quoteBorder, shading } from "#app/_editor/export/docx/styles.ts";
import { toTable } from "#app/_editor/export/docx/table.ts";
import type { ExportSource } from "#app/_editor/export/format.ts";

export type DocxBlock = Paragraph | Table;

/** Where a block stands. */
interface Place {
  /** Steps of indentation, by lists and quotes. */
  depth: number;
  isQuoted: boolean;
  /** What the next paragraph begins with, if it begins a list item. */
  sign: Sign | null;
}

type Sign = { kind: "numbering"; reference: string; level: number } | { kind: "text"; text: string };

const headings = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4];
const alignments: Record<string, IParagraphOptions["alignment"]> = {
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  end: AlignmentType.END,
  justify: AlignmentType.BOTH,
};

export class BlockWriter {
  readonly #pictures: ExportSource["pictures"];

  constructor(pictures: ExportSource["pictures"]) {
    this.#pictures = pictures;
  }

  /** The lists that were used, as the file declares them. */
  readonly lists: { reference: string; levels: ILevelsOptions[] }[] = [];

  /** The children of `parent`. */
  write(parent: Node, place: Place = { depth: 0, isQuoted: false, sign: null }): DocxBlock[] {
    const blocks: DocxBlock[] = [];
    let { sign } = place;
    parent.forEach((node) => {
      if (sign && !node.isTextblock) blocks.push(this.#paragraph([], { ...place, sign }));
      const isFirst = sign && node.isTextblock;
      const written = this.#block(node, { ...place, sign: isFirst ? sign : null });
      sign = null;
      // Word joins tables that touch.
      if (blocks.at(-1) instanceof Table && written[0] instanceof Table) blocks.push(new Paragraph({}));
      blocks.push(...written);
    });
    return blocks;
  }

  #block(node: Node, place: Place): DocxBlock[] {
    switch (node.type.name) {
      case "heading":
        return [this.#paragraph(inlineOf(node), place, { heading: headings[Number(node.attrs.level) - 1] }, node)];
      case "blockquote":
        return this.write(node, { ...place, isQuoted: true, depth: place.depth + 1 });
      case "code_block":
        return clean(node.textContent)
          .split("\n")
          .map((text) =>
            this.#paragraph([new TextRun({ text })], place, {
              style: "Code",
              shading,
              bidirectional: false,
            }),
          );
      case "bullet_list":
        return this.#list(node, place, null);
      case "ordered_list":
        return this.#list(node, place, Number(node.attrs.order) || 0);
      case "task_list":
        return this.#items(node, place, (item) => ({ kind: "text", text: item.attrs.checked ? "☑" : "☐" }));
      case "horizontal_rule":
        return [this.#paragraph([], place, { border: divider })];
      case "image":
        return [
          ...pictureOf(node, this.#pictures),
          ...(node.content.size > 0 ? [this.#paragraph(inlineOf(node), place, { style: "Caption" }, node)] : []),
        ];
      case "page_break":
        return [new Paragraph({ children: [new PageBreak()] })];
      case "table":
        return [toTable(node, (cell) => this.write(cell))];
    }
    if (node.isTextblock) return [this.#paragraph(inlineOf(node), place, {}, node)];
    if (!node.isLeaf && node.firstChild?.isBlock) return this.write(node, place);
    const text = textOf(node);
    return text === "" ? [] : [this.#paragraph([new TextRun({ text })], place)];
  }

  #list(list: Node, place: Place, start: number | null): DocxBlock[] {
    const level = Math.min(place.depth, DEEPEST_LEVEL);
    // All bullets of a level are alike; every numbered list counts for itself.
    const reference = start === null ? `bullets-${level}` : `numbers-${this.lists.length}`;
    if (!this.lists.some((known) => known.reference === reference)) {
      this.lists.push({ reference, levels: listLevels(level, start) });
    }
    return this.#items(list, place, () => ({ kind: "numbering", reference, level }));
  }

  #items(list: Node, place: Place, signOf: (item: Node) => Sign): DocxBlock[] {
    return list.content.content.flatMap((item) =>
      this.write(item, { ...place, depth: place.depth + 1, sign: signOf(item) }),
    );
  }

  #paragraph(children: ParagraphChild[], place: Place, more: IParagraphOptions = {}, node?: Node): Paragraph {
    const { depth, isQuoted, sign } = place;
    const alignment = alignments[String(node?.attrs.align ?? node?.attrs.textAlign)];
    return new Paragraph({
      ...(isQuoted && !more.heading ? { style: "Quote" } : {}),
      ...(isQuoted ? { border: quoteBorder } : {}),
      ...(depth > 0 ? { indent: { left: INDENT * depth, ...(sign ? { hanging: INDENT * 0.75 } : {}) } } : {}),
      ...(sign?.kind === "numbering" ? { numbering: { reference: sign.reference, level: sign.level } } : {}),
      ...(alignment ? { alignment } : {}),
      ...(node && isRightToLeft(node.textContent) ? { bidirectional: true } : {}),
      ...more,
      children: sign?.kind === "text" ? [new TextRun({ text: `${sign.text}\t` }), ...children] : children,
    });
  }
}

/** By the first letter, as a browser decides it. */
function isRightToLeft(text: string): boolean {
  return /^[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(/\p{L}/u.exec(text)?.[0] ?? "");
}

// A table of the document as a table of Word: spans, widths, a header that is repeated on every page.
import { Paragraph, Table, TableCell, TableRow, WidthType } from "docx";
import type { Node } from "prosemirror-model";
import type { DocxBlock } from "#app/_editor/export/docx/blocks.ts";
import { shading } from "#app/_editor/export/docx/styles.ts";

/** Twentieths of a point in a CSS pixel. */
const PIXEL = 15;

/** `write` gives the blocks of a cell. */
export function toTable(table: Node, write: (cell: Node) => DocxBlock[]): Table {
  const rows = table.content.content;
  const widths = rows[0]?.content.content.flatMap(columnsOf) ?? [];
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    ...(widths.every((width) => width > 0) && widths.length > 0 ? { columnWidths: widths } : {}),
    rows: rows.map(
      (row, index) =>
        new TableRow({
          cantSplit: true,
          tableHeader: index === 0 && row.content.content.every(isHeader),
          children: row.content.content.map((cell) => toCell(cell, write(cell))),
        }),
    ),
  });
}

function toCell(cell: Node, content: DocxBlock[]): TableCell {
  // Word wants a paragraph at the end of every cell.
  const children = content.at(-1) instanceof Paragraph ? content : [...content, new Paragraph({})];
  return new TableCell({
    children,
    columnSpan: spanOf(cell.attrs.colspan),
    rowSpan: spanOf(cell.attrs.rowspan),
    ...(isHeader(cell) ? { shading } : {}),
  });
}

function isHeader(cell: Node): boolean {
  return cell.type.name === "table_header";
}

function spanOf(value: unknown): number {
  return Math.min(1000, Math.max(1, Math.round(Number(value)) || 1));
}

/** The widths of the columns that a cell spans; 0 where it has none. */
function columnsOf(cell: Node): number[] {
  const widths: unknown[] = Array.isArray(cell.attrs.colwidth) ? cell.attrs.colwidth : [];
  return Array.from({ length: spanOf(cell.attrs.colspan) }, (_, index) => PIXEL * (Number(widths[index]) || 0));
}

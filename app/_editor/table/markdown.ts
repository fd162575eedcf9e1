// Tables to Markdown. One that GitHub's pipes can say is written with pipes: a header row, one paragraph in each cell,
// nothing merged. Every other one is written with tags, a line each, and Markdown inside the cells.
import type { MarkdownSerializerState } from "prosemirror-markdown";
import type { Node } from "prosemirror-model";
import { type Align, alignOf } from "#app/_editor/commands/alignment.ts";

export function writeTable(state: MarkdownSerializerState, table: Node): void {
  const aligns = columnAligns(table);
  if (aligns) writePipes(state, table, aligns);
  else writeTags(state, table);
}

const RULES = { left: ":---", center: ":---:", right: "---:" } as const;
type Column = keyof typeof RULES | null;

/** The alignment of each column, or null if pipes cannot say what the table is. */
function columnAligns(table: Node): Column[] | null {
  const width = table.child(0).childCount;
  const aligns: Column[] = [];
  for (const [index, row] of table.children.entries()) {
    if (row.childCount !== width || width === 0) return null;
    for (const [column, cell] of row.children.entries()) {
      const text = cell.firstChild;
      const name = index === 0 ? "table_header" : "table_cell";
      if (cell.type.name !== name || cell.attrs.colspan > 1 || cell.attrs.rowspan > 1 || cell.childCount > 1)
        return null;
      if (text?.type.name !== "paragraph" || text.children.some((child) => child.type.name === "hard_break"))
        return null;
      const align: Align | null = alignOf(text.attrs.align);
      if (align === "justify" || (index > 0 && aligns[column] !== align)) return null;
      aligns[column] = align;
    }
  }
  return aligns;
}

function writePipes(state: MarkdownSerializerState, table: Node, aligns: Column[]): void {
  for (const [index, row] of table.children.entries()) {
    state.ensureNewLine();
    state.write("|");
    for (const cell of row.children) {
      state.write(" ");
      escapePipes(state, () => cell.firstChild && state.renderInline(cell.firstChild, false));
      state.write(" |");
    }
    if (index > 0) continue;
    state.ensureNewLine();
    state.write(`|${aligns.map((align) => ` ${align ? RULES[align] : "---"} |`).join("")}`);
  }
  state.closeBlock(table);
}

/** Pipes are escaped wherever they stand in a cell, also in code and addresses. */
function escapePipes(state: MarkdownSerializerState, write: () => void): void {
  const written = state as unknown as { out: string };
  const start = written.out.length;
  write();
  written.out = written.out.slice(0, start) + written.out.slice(start).replaceAll("|", "\\|");
}

function writeTags(state: MarkdownSerializerState, table: Node): void {
  const line = (text: string) => {
    state.write(text);
    state.ensureNewLine();
  };
  line("<table>");
  for (const row of table.children) {
    line("<tr>");
    for (const cell of row.children) {
      const tag = cell.type.name === "table_header" ? "th" : "td";
      state.write(`<${tag}${span("colspan", cell)}${span("rowspan", cell)}>`);
      state.closeBlock(cell);
      state.renderContent(cell);
      line(`</${tag}>`);
    }
    line("</tr>");
  }
  state.write("</table>");
  state.closeBlock(table);
}

function span(name: "colspan" | "rowspan", cell: Node): string {
  return cell.attrs[name] > 1 ? ` ${name}="${cell.attrs[name]}"` : "";
}

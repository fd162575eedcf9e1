// Plain text with tabs, as a spreadsheet or a terminal copies it, pasted into a table: it fills cells.
import { Fragment, type ResolvedPos, Slice } from "prosemirror-model";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { MAX_COLUMNS, MAX_ROWS } from "#app/_editor/table/limits.ts";

/** Null outside tables and for text without tabs. */
export function pastedRows(text: string, $context: ResolvedPos): Slice | null {
  const { schema } = $context.doc.type;
  if (!text.includes("\t") || $context.parent.type.spec.code || !isInCell($context)) return null;
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n").slice(0, MAX_ROWS);
  const rows = lines.map((line) =>
    nodeOf(schema, "table_row").create(
      null,
      line
        .split("\t")
        .slice(0, MAX_COLUMNS)
        .map((cell) =>
          nodeOf(schema, "table_cell").create(
            null,
            nodeOf(schema, "paragraph").create(null, cell ? schema.text(cell) : null),
          ),
        ),
    ),
  );
  return new Slice(Fragment.from(nodeOf(schema, "table").create(null, rows)), 0, 0);
}

function isInCell($pos: ResolvedPos): boolean {
  for (let depth = $pos.depth; depth > 0; depth--) {
    if ($pos.node(depth).type.spec.tableRole?.endsWith("cell")) return true;
  }
  return false;
}

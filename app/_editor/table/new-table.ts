// An empty table with a header row.
import type { Node, Schema } from "prosemirror-model";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

export function newTable(schema: Schema, rows: number, columns: number): Node {
  const row = (cell: string) =>
    nodeOf(schema, "table_row").create(
      null,
      Array.from({ length: columns }, () => nodeOf(schema, cell).createAndFill() as Node),
    );
  return nodeOf(schema, "table").create(
    null,
    Array.from({ length: rows }, (_, index) => row(index === 0 ? "table_header" : "table_cell")),
  );
}

// A row of a table. It may be empty: a merged cell of the row above can fill it.
import type { Block } from "#app/_editor/block.ts";

export const tableRow: Block = {
  kind: "node",
  name: "table_row",
  node: {
    content: "(table_cell | table_header)*",
    tableRole: "row",
    parseDOM: [{ tag: "tr" }],
    toDOM: () => ["tr", 0],
  },
  markdownTokens: { tr: { block: "table_row" } },
};

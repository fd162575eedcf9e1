// A table. Its rows and cells are in files beside this one; commands, repair and Markdown in ../table.
import type { Block } from "#app/_editor/block.ts";
import { insertBlock } from "#app/_editor/commands/insert-block.ts";
import { enterFirstCell } from "#app/_editor/table/commands.ts";
import { tableEntries, tableKeys } from "#app/_editor/table/entries.ts";
import { writeTable } from "#app/_editor/table/markdown.ts";
import { newTable } from "#app/_editor/table/new-table.ts";

export const table: Block = {
  kind: "node",
  name: "table",
  node: {
    group: "block",
    content: "table_row+",
    tableRole: "table",
    isolating: true,
    parseDOM: [{ tag: "table" }],
    toDOM: () => ["table", ["tbody", 0]],
  },
  keys: () => tableKeys,
  menu: (schema) => [
    {
      id: "table",
      title: "Table",
      synonyms: "grid rows columns spreadsheet",
      icon: "table",
      place: "insert",
      command: enterFirstCell(insertBlock("table", () => newTable(schema, 3, 3))),
      active: () => false,
    },
    ...tableEntries,
  ],
  markdownTokens: { table: { block: "table" }, thead: { ignore: true }, tbody: { ignore: true } },
  toMarkdown: writeTable,
};

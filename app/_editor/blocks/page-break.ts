// What follows begins a new page when the document is printed. On the screen it is a labelled line.
import type { Block } from "#app/_editor/block.ts";
import { insertBlock } from "#app/_editor/commands/insert-block.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

export const pageBreak: Block = {
  kind: "node",
  name: "page_break",
  node: {
    group: "block",
    parseDOM: [
      { tag: "div[data-page-break]", priority: 60 },
      { tag: "br[style*='page-break-before']", priority: 60 },
    ],
    toDOM: () => ["div", { "data-page-break": "" }],
  },
  keys: (schema) => [
    {
      key: "Mod-Shift-Enter",
      title: "Page break",
      command: insertBlock("page_break", () => nodeOf(schema, "page_break").create()),
    },
  ],
  menu: (schema) => [
    {
      id: "page-break",
      title: "Page break",
      synonyms: "print new page",
      icon: "page-break",
      place: "insert",
      command: insertBlock("page_break", () => nodeOf(schema, "page_break").create()),
      active: () => false,
    },
  ],
  markdownTokens: { page_break: { node: "page_break" } },
  toMarkdown: (state, node) => {
    state.write('<div style="break-after: page"></div>');
    state.closeBlock(node);
  },
};

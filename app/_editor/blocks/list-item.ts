// One entry of a bulleted or numbered list, and the keys that all kinds of list share.
import type { Block } from "#app/_editor/block.ts";
import { indent, inList, outdent, splitItem } from "#app/_editor/commands/lists.ts";

export const listItem: Block = {
  kind: "node",
  name: "list_item",
  node: {
    content: "block+",
    defining: true,
    parseDOM: [{ tag: "li" }],
    toDOM: () => ["li", { dir: "auto" }, 0],
  },
  keys: (schema) => [
    { key: "Enter", command: splitItem(schema) },
    { key: "Tab", title: "Indent list item", command: inList(indent(schema)) },
    { key: "Shift-Tab", title: "Outdent list item", command: inList(outdent(schema)) },
  ],
  menu: (schema) => [
    { id: "indent", title: "Indent", icon: "indent", place: "list", command: indent(schema), active: () => false },
    { id: "outdent", title: "Outdent", icon: "outdent", place: "list", command: outdent(schema), active: () => false },
  ],
  markdownTokens: { list_item: { block: "list_item" } },
  toMarkdown: (state, node) => state.renderContent(node),
};

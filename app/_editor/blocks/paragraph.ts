// Plain text. First in the list of blocks, because ProseMirror fills gaps with the first block that fits.
import { setBlockType } from "prosemirror-commands";
import type { Block } from "#app/_editor/block.ts";
import { selectionIs } from "#app/_editor/commands/active.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

export const paragraph: Block = {
  kind: "node",
  name: "paragraph",
  node: {
    group: "block",
    content: "inline*",
    parseDOM: [{ tag: "p" }],
    toDOM: () => ["p", { dir: "auto" }, 0],
  },
  keys: (schema) => [{ key: "Mod-Alt-0", title: "Text", command: setBlockType(nodeOf(schema, "paragraph")) }],
  menu: (schema) => [
    {
      id: "paragraph",
      title: "Text",
      synonyms: "paragraph plain normal",
      icon: "text",
      place: "type",
      command: setBlockType(nodeOf(schema, "paragraph")),
      active: selectionIs("paragraph"),
    },
  ],
  markdownTokens: { paragraph: { block: "paragraph" } },
  toMarkdown: (state, node) => {
    state.renderInline(node);
    state.closeBlock(node);
  },
};

// A quotation, around any other blocks.
import { wrappingInputRule } from "prosemirror-inputrules";
import type { Block } from "#app/_editor/block.ts";
import { nearestIs } from "#app/_editor/commands/active.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { toggleWrap } from "#app/_editor/commands/wrap.ts";

export const blockquote: Block = {
  kind: "node",
  name: "blockquote",
  node: {
    group: "block",
    content: "block+",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", { dir: "auto" }, 0],
  },
  keys: (schema) => [{ key: "Mod-Shift-.", title: "Quote", command: toggleWrap(nodeOf(schema, "blockquote")) }],
  inputRules: (schema) => [wrappingInputRule(/^\s*>\s$/, nodeOf(schema, "blockquote"))],
  menu: (schema) => [
    {
      id: "blockquote",
      title: "Quote",
      synonyms: "citation blockquote",
      icon: "quote",
      place: "type",
      command: toggleWrap(nodeOf(schema, "blockquote")),
      active: nearestIs("blockquote", ["blockquote"]),
    },
  ],
  markdownTokens: { blockquote: { block: "blockquote" } },
  toMarkdown: (state, node) => state.wrapBlock("> ", null, node, () => state.renderContent(node)),
};

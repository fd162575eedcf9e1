// Headings of level 1 to 4.
import { setBlockType } from "prosemirror-commands";
import { textblockTypeInputRule } from "prosemirror-inputrules";
import type { Block } from "#app/_editor/block.ts";
import { selectionIs } from "#app/_editor/commands/active.ts";
import { alignAttr, alignDom, alignIn, alignOf, writeAligned } from "#app/_editor/commands/alignment.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

const levels = [1, 2, 3, 4];

/** Another editor's, or a newer one's, level is shown as the nearest we have. */
function levelOf(value: unknown): number {
  return Math.min(4, Math.max(1, Math.round(Number(value)) || 1));
}

export const heading: Block = {
  kind: "node",
  name: "heading",
  node: {
    group: "block",
    content: "inline*",
    defining: true,
    attrs: { level: { default: 1 }, ...alignAttr },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
      tag: `h${level}`,
      getAttrs: (element) => ({ level: levelOf(level), align: alignIn(element) }),
    })),
    toDOM: (node) => [`h${levelOf(node.attrs.level)}`, { dir: "auto", ...alignDom(node) }, 0],
  },
  keys: (schema) =>
    levels.map((level) => ({
      key: `Mod-Alt-${level}`,
      title: `Heading ${level}`,
      command: setBlockType(nodeOf(schema, "heading"), { level }),
    })),
  inputRules: (schema) => [
    textblockTypeInputRule(/^(#{1,4})\s$/, nodeOf(schema, "heading"), (match) => ({ level: match[1]?.length ?? 1 })),
  ],
  menu: (schema) =>
    levels.map((level) => ({
      id: `heading-${level}`,
      title: `Heading ${level}`,
      synonyms: `title h${level}`,
      icon: `heading-${level}`,
      place: "type",
      command: setBlockType(nodeOf(schema, "heading"), { level }),
      active: selectionIs("heading", { level }),
    })),
  markdownTokens: {
    heading: {
      block: "heading",
      getAttrs: (token) => ({ level: levelOf(token.tag.slice(1)), align: alignOf(token.attrGet("align")) }),
    },
  },
  toMarkdown: (state, node) =>
    writeAligned(state, node, () => {
      state.write(`${"#".repeat(levelOf(node.attrs.level))} `);
      state.renderInline(node, false);
    }),
};

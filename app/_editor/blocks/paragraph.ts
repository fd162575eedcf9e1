// Plain text. First in the list of blocks, because ProseMirror fills gaps with the first block that fits.
import { setBlockType } from "prosemirror-commands";
import type { Block } from "#app/_editor/block.ts";
import { selectionIs } from "#app/_editor/commands/active.ts";
import {
  alignAttr,
  alignDom,
  alignIn,
  alignKeys,
  alignMenu,
  alignOf,
  writeAligned,
} from "#app/_editor/commands/alignment.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

export const paragraph: Block = {
  kind: "node",
  name: "paragraph",
  node: {
    group: "block",
    content: "inline*",
    attrs: alignAttr,
    parseDOM: [{ tag: "p", getAttrs: (element) => ({ align: alignIn(element) }) }],
    toDOM: (node) => ["p", { dir: "auto", ...alignDom(node) }, 0],
  },
  keys: (schema) => [
    { key: "Mod-Alt-0", title: "Text", command: setBlockType(nodeOf(schema, "paragraph")) },
    ...alignKeys(),
  ],
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
    ...alignMenu(),
  ],
  markdownTokens: {
    paragraph: { block: "paragraph", getAttrs: (token) => ({ align: alignOf(token.attrGet("align")) }) },
  },
  toMarkdown: (state, node) => writeAligned(state, node, () => state.renderInline(node)),
};

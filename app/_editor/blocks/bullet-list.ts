// Lists with bullets.
import { wrappingInputRule } from "prosemirror-inputrules";
import type { Block } from "#app/_editor/block.ts";
import { nearestIs } from "#app/_editor/commands/active.ts";
import { LISTS, toggleList } from "#app/_editor/commands/lists.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { writeList } from "#app/_editor/markdown/write-list.ts";

export const bulletList: Block = {
  kind: "node",
  name: "bullet_list",
  node: {
    group: "block",
    content: "list_item+",
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", { dir: "auto" }, 0],
  },
  keys: (schema) => [{ key: "Mod-Shift-8", title: "Bulleted list", command: toggleList(schema, "bullet_list") }],
  inputRules: (schema) => [wrappingInputRule(/^\s*[-+*]\s$/, nodeOf(schema, "bullet_list"))],
  menu: (schema) => [
    {
      id: "bullet-list",
      title: "Bulleted list",
      synonyms: "unordered points ul",
      icon: "bullet-list",
      place: "list",
      command: toggleList(schema, "bullet_list"),
      active: nearestIs("bullet_list", LISTS),
    },
  ],
  markdownTokens: { bullet_list: { block: "bullet_list" } },
  // An asterisk, because tasks use the hyphen: a different sign keeps two lists that meet apart.
  toMarkdown: writeList,
};

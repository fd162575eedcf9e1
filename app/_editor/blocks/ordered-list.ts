// Numbered lists, starting at `order`.
import { wrappingInputRule } from "prosemirror-inputrules";
import type { Block } from "#app/_editor/block.ts";
import { nearestIs } from "#app/_editor/commands/active.ts";
import { LISTS, toggleList } from "#app/_editor/commands/lists.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { writeList } from "#app/_editor/markdown/write-list.ts";

/** Numbers of Markdown have nine digits; those of a list that begins so high have room to count on. */
const HIGHEST = 900_000_000;

function orderOf(value: unknown): number {
  const order = Math.round(Number(value));
  return order >= 0 && order <= HIGHEST && value !== null ? order : 1;
}

export const orderedList: Block = {
  kind: "node",
  name: "ordered_list",
  node: {
    group: "block",
    content: "list_item+",
    attrs: { order: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (element) => ({ order: orderOf(element.getAttribute("start")) }) }],
    toDOM: (node) => {
      const order = orderOf(node.attrs.order);
      return ["ol", order === 1 ? { dir: "auto" } : { dir: "auto", start: String(order) }, 0];
    },
  },
  keys: (schema) => [{ key: "Mod-Shift-7", title: "Numbered list", command: toggleList(schema, "ordered_list") }],
  inputRules: (schema) => [
    wrappingInputRule(
      /^(\d{1,9})[.)]\s$/,
      nodeOf(schema, "ordered_list"),
      (match) => ({ order: orderOf(match[1]) }),
      (match, node) => node.childCount + node.attrs.order === Number(match[1]),
    ),
  ],
  menu: (schema) => [
    {
      id: "ordered-list",
      title: "Numbered list",
      synonyms: "ordered ol steps",
      icon: "ordered-list",
      place: "list",
      command: toggleList(schema, "ordered_list"),
      active: nearestIs("ordered_list", LISTS),
    },
  ],
  markdownTokens: {
    ordered_list: { block: "ordered_list", getAttrs: (token) => ({ order: orderOf(token.attrGet("start")) }) },
  },
  toMarkdown: (state, node, parent, index) => writeList(state, node, parent, index, orderOf(node.attrs.order)),
};

// The document as plain text: an empty line between blocks, a sign before each list item.
import type { Node } from "prosemirror-model";
import type { ExportSource } from "#app/_editor/export/format.ts";

export function toText({ title, doc }: ExportSource): string {
  const body = blocksOf(doc);
  return `${[title, body].filter((part) => part !== "").join("\n\n")}\n`;
}

function blocksOf(parent: Node): string {
  const parts: string[] = [];
  parent.forEach((child) => {
    parts.push(textOf(child));
  });
  return parts.filter((part) => part !== "").join("\n\n");
}

function textOf(node: Node): string {
  if (node.isTextblock) return node.textBetween(0, node.content.size, "", "\n");
  if (node.type.name === "horizontal_rule") return "* * *";
  if (!node.type.name.endsWith("_list")) return blocksOf(node);
  const items: string[] = [];
  node.forEach((item, _offset, index) => {
    const sign = signOf(node, item, index);
    items.push(sign + blocksOf(item).replace(/\n\n?/g, (gap) => gap.slice(-1) + " ".repeat(sign.length)));
  });
  return items.join("\n");
}

function signOf(list: Node, item: Node, index: number): string {
  if (list.type.name === "ordered_list") return `${Number(list.attrs.order) + index}. `;
  if (list.type.name === "task_list") return item.attrs.checked ? "[x] " : "[ ] ";
  return "- ";
}

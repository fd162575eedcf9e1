// The two kinds of cell. Each holds any blocks; its attributes are cleaned whenever a cell is made, wherever from.
import type { Node } from "prosemirror-model";
import type { Block, NodeBlock } from "#app/_editor/block.ts";
import { cleanCell } from "#app/_editor/table/limits.ts";

export const tableCell: Block = cell("table_cell", "cell", "td");
export const tableHeader: Block = cell("table_header", "header_cell", "th");

function cell(name: string, tableRole: string, tag: "td" | "th"): NodeBlock {
  return {
    kind: "node",
    name,
    node: {
      content: "block+",
      tableRole,
      isolating: true,
      attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
      parseDOM: [{ tag, getAttrs: (element) => cellAttrs(element) }],
      toDOM: (node) => [tag, cellDom(node), 0],
    },
    cleanAttrs: cleanCell,
    markdownTokens: {
      [tag]: {
        block: name,
        getAttrs: (token) => ({
          colspan: Number(token.attrGet("colspan") ?? 1),
          rowspan: Number(token.attrGet("rowspan") ?? 1),
        }),
      },
    },
  };
}

function cellAttrs(element: Element) {
  return {
    colspan: Number(element.getAttribute("colspan") ?? 1),
    rowspan: Number(element.getAttribute("rowspan") ?? 1),
    colwidth: element.getAttribute("data-colwidth")?.split(",").map(Number) ?? null,
  };
}

function cellDom({ attrs: { colspan, rowspan, colwidth } }: Node): Record<string, string> {
  return {
    ...(colspan > 1 ? { colspan: String(colspan) } : {}),
    ...(rowspan > 1 ? { rowspan: String(rowspan) } : {}),
    ...(colwidth ? { "data-colwidth": colwidth.join(",") } : {}),
  };
}

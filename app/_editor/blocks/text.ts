// Runs of characters.
import type { Block } from "#app/_editor/block.ts";

export const text: Block = {
  kind: "node",
  name: "text",
  node: { group: "inline" },
  toMarkdown: (state, node) => state.text(node.text ?? ""),
};

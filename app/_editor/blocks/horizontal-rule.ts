// A divider between blocks.
import { InputRule } from "prosemirror-inputrules";
import type { Block } from "#app/_editor/block.ts";
import { insertBlock, insertBlockAt } from "#app/_editor/commands/insert-block.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

export const horizontalRule: Block = {
  kind: "node",
  name: "horizontal_rule",
  node: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  inputRules: (schema) => [
    new InputRule(/^(?:---|—-|\*\*\*|___)$/, (state, _match, start, end) => {
      const { $from } = state.selection;
      if ($from.parent.type.name !== "paragraph" || $from.parent.content.size !== end - start) return null;
      return insertBlockAt(state.tr.delete(start, end), nodeOf(schema, "horizontal_rule").create(), start);
    }),
  ],
  menu: (schema) => [
    {
      id: "horizontal-rule",
      title: "Divider",
      synonyms: "line rule separator hr",
      icon: "horizontal-rule",
      place: "insert",
      command: insertBlock("horizontal_rule", () => nodeOf(schema, "horizontal_rule").create()),
      active: () => false,
    },
  ],
  markdownTokens: { hr: { node: "horizontal_rule" } },
  toMarkdown: (state, node) => {
    state.write("---");
    state.closeBlock(node);
  },
};

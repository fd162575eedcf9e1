// A divider between blocks.
import { InputRule } from "prosemirror-inputrules";
import type { Schema } from "prosemirror-model";
import { type Command, TextSelection, type Transaction } from "prosemirror-state";
import type { Block } from "#app/_editor/block.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

/** Puts a divider at `from`, with a paragraph after it for the caret. */
function insertRule(tr: Transaction, schema: Schema, from: number): Transaction {
  const $from = tr.doc.resolve(from);
  const at = $from.parent.content.size === 0 ? $from.before() : $from.after();
  tr.insert(at, nodeOf(schema, "horizontal_rule").create());
  const next = at + 1;
  if (!tr.doc.resolve(next).nodeAfter?.isTextblock) tr.insert(next, nodeOf(schema, "paragraph").create());
  return tr.setSelection(TextSelection.create(tr.doc, next + 1));
}

const insert: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if (!$from.parent.isTextblock || $from.depth === 0) return false;
  const index = $from.index(-1);
  if (!$from.node(-1).canReplaceWith(index, index, nodeOf(state.schema, "horizontal_rule"))) return false;
  dispatch?.(insertRule(state.tr, state.schema, $from.pos).scrollIntoView());
  return true;
};

export const horizontalRule: Block = {
  kind: "node",
  name: "horizontal_rule",
  node: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  inputRules: (schema) => [
    new InputRule(/^(?:---|—-|\*\*\*|___)$/, (state, _match, start, end) => {
      const { $from } = state.selection;
      if ($from.parent.type.name !== "paragraph" || $from.parent.content.size !== end - start) return null;
      return insertRule(state.tr.delete(start, end), schema, start);
    }),
  ],
  menu: () => [
    {
      id: "horizontal-rule",
      title: "Divider",
      synonyms: "line rule separator hr",
      icon: "horizontal-rule",
      place: "insert",
      command: insert,
      active: () => false,
    },
  ],
  markdownTokens: { hr: { node: "horizontal_rule" } },
  toMarkdown: (state, node) => {
    state.write("---");
    state.closeBlock(node);
  },
};

// A formula on lines of its own.
import { setBlockType } from "prosemirror-commands";
import { textblockTypeInputRule } from "prosemirror-inputrules";
import type { Schema } from "prosemirror-model";
import type { Command } from "prosemirror-state";
import type { Block } from "#app/_editor/block.ts";
import { selectionIs } from "#app/_editor/commands/active.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { drawFormula } from "#app/_editor/math/draw.ts";
import { mathFence } from "#app/_editor/math/markdown.ts";
import { foreignMath } from "#app/_editor/math/paste.ts";
import { createSourceView } from "#app/_editor/source/source-view.ts";

const toggle = (schema: Schema): Command => {
  return (state, dispatch) =>
    setBlockType(nodeOf(schema, selectionIs("math_block")(state) ? "paragraph" : "math_block"))(state, dispatch);
};

export const mathBlock: Block = {
  kind: "node",
  name: "math_block",
  node: {
    group: "block",
    content: "text*",
    marks: "",
    code: true,
    defining: true,
    parseDOM: [
      { tag: "pre[data-math=block]", priority: 70, preserveWhitespace: "full" },
      ...foreignMath(["span.katex-display", "math"], true),
    ],
    toDOM: () => ["pre", { "data-math": "block", spellcheck: "false", dir: "ltr" }, ["code", 0]],
  },
  inputRules: (schema) => [textblockTypeInputRule(/^\$\$\s$/, nodeOf(schema, "math_block"))],
  menu: (schema) => [
    {
      id: "math-block",
      title: "Formula block",
      synonyms: "math equation latex tex katex display",
      icon: "math-block",
      place: "insert",
      command: toggle(schema),
      active: selectionIs("math_block"),
    },
  ],
  view: createSourceView({
    title: { id: "math-inline", title: "Formula" },
    className: "math-block",
    isInline: false,
    draw: drawFormula(true),
  }),
  markdownTokens: { math_block: { block: "math_block", noCloseToken: true } },
  toMarkdown: (state, node) => {
    const fence = mathFence(node.textContent);
    state.write(`${fence}\n`);
    state.text(node.textContent, false);
    state.write("\n");
    state.write(fence);
    state.closeBlock(node);
  },
};

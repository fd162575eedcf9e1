// A formula in a sentence. Its source is its text (source/source-block.ts says why); KaTeX draws it.
import { InputRule } from "prosemirror-inputrules";
import type { Schema } from "prosemirror-model";
import { type Command, TextSelection } from "prosemirror-state";
import type { Block } from "#app/_editor/block.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { drawFormula } from "#app/_editor/math/draw.ts";
import { inlineMath } from "#app/_editor/math/markdown.ts";
import { foreignMath } from "#app/_editor/math/paste.ts";
import { sourceKeys } from "#app/_editor/source/source-block.ts";
import { createSourceView } from "#app/_editor/source/source-view.ts";

/** Makes the selected words a formula; without any, an "x" that the next letter replaces. */
function insert(schema: Schema): Command {
  return (state, dispatch) => {
    const { $from, $to, from, to } = state.selection;
    const type = nodeOf(schema, "math_inline");
    if (!$from.sameParent($to) || !$from.parent.isTextblock || $from.parent.type.spec.code) return false;
    if (!$from.parent.canReplaceWith($from.index(), $to.index(), type)) return false;
    const source = state.doc.textBetween(from, to, " ", " ") || "x";
    const tr = state.tr.replaceRangeWith(from, to, type.create(null, schema.text(source)));
    dispatch?.(tr.setSelection(TextSelection.create(tr.doc, from + 1, from + 1 + source.length)).scrollIntoView());
    return true;
  };
}

export const mathInline: Block = {
  kind: "node",
  name: "math_inline",
  node: {
    group: "inline",
    inline: true,
    content: "text*",
    marks: "",
    code: true,
    parseDOM: [
      { tag: "code[data-math=inline]", priority: 70, preserveWhitespace: "full" },
      ...foreignMath(["span.katex", "math"], false),
    ],
    toDOM: () => ["code", { "data-math": "inline", spellcheck: "false", dir: "ltr" }, 0],
  },
  keys: (schema) => [...sourceKeys(), { key: "Mod-Alt-f", title: "Formula", command: insert(schema) }],
  inputRules: (schema) => [
    // Needs a sign that is no price: "$5,$" stays text.
    new InputRule(
      /(?<![\w$\\])\$(?=[^$]*[A-Za-z\\^_=+*/()])([^\s$]|[^\s$][^$]*[^\s$\\])\$$/,
      (state, match, start, end) => {
        const type = nodeOf(schema, "math_inline");
        const $start = state.doc.resolve(start);
        if (!match[1] || !$start.parent.canReplaceWith($start.index(), $start.index(), type)) return null;
        const tr = state.tr.replaceWith(start, end, type.create(null, schema.text(match[1])));
        return tr.setSelection(TextSelection.create(tr.doc, start + match[1].length + 2));
      },
    ),
  ],
  menu: (schema) => [
    {
      id: "math-inline",
      title: "Formula",
      synonyms: "math equation latex tex katex inline",
      icon: "math",
      place: "insert",
      command: insert(schema),
      active: () => false,
    },
  ],
  view: createSourceView({
    title: { id: "math-inline", title: "Formula" },
    className: "math-inline",
    isInline: true,
    draw: drawFormula(false),
  }),
  markdownTokens: { math_inline: { block: "math_inline", noCloseToken: true } },
  toMarkdown: (state, node, parent, index) => {
    const next = index + 1 < parent.childCount ? parent.child(index + 1).text : undefined;
    state.text(inlineMath(node.textContent, next ?? ""), false);
  },
};

// A diagram, written in mermaid's language. Its source is its text (source/source-block.ts says why).
import { setBlockType } from "prosemirror-commands";
import { textblockTypeInputRule } from "prosemirror-inputrules";
import type { Schema } from "prosemirror-model";
import type { Command } from "prosemirror-state";
import type { Block } from "#app/_editor/block.ts";
import { fenceFor } from "#app/_editor/code/fence.ts";
import { selectionIs } from "#app/_editor/commands/active.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { drawDiagram, onTheme } from "#app/_editor/diagram/draw.ts";
import { createSourceView } from "#app/_editor/source/source-view.ts";

const EXAMPLE = "flowchart LR\n  A --> B";

/** An empty paragraph becomes a small example to change; a diagram becomes text again. */
const toggle = (schema: Schema): Command => {
  return (state, dispatch) => {
    const isDiagram = selectionIs("diagram")(state);
    const { $from } = state.selection;
    return setBlockType(nodeOf(schema, isDiagram ? "paragraph" : "diagram"))(
      state,
      dispatch &&
        ((tr) => dispatch(!isDiagram && $from.parent.content.size === 0 ? tr.insertText(EXAMPLE, $from.pos) : tr)),
    );
  };
};

export const diagram: Block = {
  kind: "node",
  name: "diagram",
  node: {
    group: "block",
    content: "text*",
    marks: "",
    code: true,
    defining: true,
    parseDOM: [
      { tag: "pre[data-diagram]", priority: 70, preserveWhitespace: "full" },
      {
        tag: "pre",
        priority: 70,
        preserveWhitespace: "full",
        getAttrs: (element) =>
          element.querySelector("code.language-mermaid") || element.matches(".mermaid") ? null : false,
      },
    ],
    toDOM: () => [
      "pre",
      { "data-diagram": "mermaid", spellcheck: "false", dir: "ltr" },
      ["code", { class: "language-mermaid" }, 0],
    ],
  },
  keys: (schema) => [{ key: "Mod-Alt-d", title: "Diagram", command: toggle(schema) }],
  inputRules: (schema) => [textblockTypeInputRule(/^```mermaid\s$/, nodeOf(schema, "diagram"))],
  menu: (schema) => [
    {
      id: "diagram",
      title: "Diagram",
      synonyms: "mermaid flowchart chart graph sequence",
      icon: "diagram",
      place: "insert",
      command: toggle(schema),
      active: selectionIs("diagram"),
    },
  ],
  view: createSourceView({
    title: { id: "diagram", title: "Diagram" },
    className: "diagram",
    isInline: false,
    draw: drawDiagram,
    onOutdated: onTheme,
  }),
  markdownTokens: { diagram: { block: "diagram", noCloseToken: true } },
  toMarkdown: (state, node) => {
    const fence = fenceFor(node);
    state.write(`${fence}mermaid\n`);
    state.text(node.textContent, false);
    state.write("\n");
    state.write(fence);
    state.closeBlock(node);
  },
};

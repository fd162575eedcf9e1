// Bold.
import { toggleMark } from "prosemirror-commands";
import type { Block } from "#app/_editor/block.ts";
import { markIsOn } from "#app/_editor/commands/active.ts";
import { markOf } from "#app/_editor/commands/lookup.ts";
import { markRule } from "#app/_editor/commands/mark-rule.ts";

export const strong: Block = {
  kind: "mark",
  name: "strong",
  mark: {
    parseDOM: [
      { tag: "strong" },
      // Google Docs wraps whole documents in <b style="font-weight:normal">.
      { tag: "b", getAttrs: (element) => (element.style.fontWeight === "normal" ? false : null) },
      { style: "font-weight=400", clearMark: (mark) => mark.type.name === "strong" },
      { style: "font-weight", getAttrs: (value) => (/^(bold(er)?|[5-9]\d{2,})$/.test(value) ? null : false) },
    ],
    toDOM: () => ["strong", 0],
  },
  keys: (schema) => [{ key: "Mod-b", title: "Bold", command: toggleMark(markOf(schema, "strong")) }],
  inputRules: (schema) => [
    markRule(schema, "strong", /(?<![\w*])\*\*(\S(?:[^*]*\S)?)\*\*$/),
    markRule(schema, "strong", /(?<![\w_])__(\S(?:[^_]*\S)?)__$/),
  ],
  menu: (schema) => [
    {
      id: "strong",
      title: "Bold",
      icon: "strong",
      place: "mark",
      command: toggleMark(markOf(schema, "strong")),
      active: markIsOn(markOf(schema, "strong")),
    },
  ],
  markdownTokens: { strong: { mark: "strong" } },
  toMarkdown: { open: "**", close: "**", mixable: true, expelEnclosingWhitespace: true },
};

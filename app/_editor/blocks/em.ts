// Italic.
import { toggleMark } from "prosemirror-commands";
import type { Block } from "#app/_editor/block.ts";
import { markIsOn } from "#app/_editor/commands/active.ts";
import { markOf } from "#app/_editor/commands/lookup.ts";
import { markRule } from "#app/_editor/commands/mark-rule.ts";

export const em: Block = {
  kind: "mark",
  name: "em",
  mark: {
    parseDOM: [
      { tag: "i" },
      { tag: "em" },
      { style: "font-style=italic" },
      { style: "font-style=normal", clearMark: (mark) => mark.type.name === "em" },
    ],
    toDOM: () => ["em", 0],
  },
  keys: (schema) => [{ key: "Mod-i", title: "Italic", command: toggleMark(markOf(schema, "em")) }],
  inputRules: (schema) => [
    markRule(schema, "em", /(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*$/),
    markRule(schema, "em", /(?<![\w_])_([^\s_](?:[^_]*[^\s_])?)_$/),
  ],
  menu: (schema) => [
    {
      id: "em",
      title: "Italic",
      icon: "em",
      place: "mark",
      command: toggleMark(markOf(schema, "em")),
      active: markIsOn(markOf(schema, "em")),
    },
  ],
  markdownTokens: { em: { mark: "em" } },
  toMarkdown: { open: "*", close: "*", mixable: true, expelEnclosingWhitespace: true },
};

// Marked with a highlighter. Markdown writes the HTML tag; `==text==` is how it is typed.
import { toggleMark } from "prosemirror-commands";
import type { Block } from "#app/_editor/block.ts";
import { markIsOn } from "#app/_editor/commands/active.ts";
import { markOf } from "#app/_editor/commands/lookup.ts";
import { markRule } from "#app/_editor/commands/mark-rule.ts";

export const highlight: Block = {
  kind: "mark",
  name: "highlight",
  mark: {
    parseDOM: [{ tag: "mark" }],
    toDOM: () => ["mark", 0],
  },
  keys: (schema) => [{ key: "Mod-Shift-h", title: "Highlight", command: toggleMark(markOf(schema, "highlight")) }],
  inputRules: (schema) => [markRule(schema, "highlight", /(?<![\w=])==(\S(?:[^=]*\S)?)==$/)],
  menu: (schema) => [
    {
      id: "highlight",
      title: "Highlight",
      icon: "highlight",
      place: "mark",
      command: toggleMark(markOf(schema, "highlight")),
      active: markIsOn(markOf(schema, "highlight")),
    },
  ],
  markdownTokens: { mark: { mark: "highlight" } },
  toMarkdown: { open: "<mark>", close: "</mark>", mixable: true, expelEnclosingWhitespace: true },
};

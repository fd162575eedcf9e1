// Struck out.
import { toggleMark } from "prosemirror-commands";
import type { Block } from "#app/_editor/block.ts";
import { markIsOn } from "#app/_editor/commands/active.ts";
import { markOf } from "#app/_editor/commands/lookup.ts";
import { markRule } from "#app/_editor/commands/mark-rule.ts";

export const strike: Block = {
  kind: "mark",
  name: "strike",
  mark: {
    parseDOM: [{ tag: "s" }, { tag: "del" }, { tag: "strike" }, { style: "text-decoration=line-through" }],
    toDOM: () => ["s", 0],
  },
  keys: (schema) => [{ key: "Mod-Shift-x", title: "Strikethrough", command: toggleMark(markOf(schema, "strike")) }],
  inputRules: (schema) => [markRule(schema, "strike", /(?<![\w~])~~(\S(?:[^~]*\S)?)~~$/)],
  menu: (schema) => [
    {
      id: "strike",
      title: "Strikethrough",
      icon: "strike",
      place: "mark",
      command: toggleMark(markOf(schema, "strike")),
      active: markIsOn(markOf(schema, "strike")),
    },
  ],
  markdownTokens: { s: { mark: "strike" } },
  toMarkdown: { open: "~~", close: "~~", mixable: true, expelEnclosingWhitespace: true },
};

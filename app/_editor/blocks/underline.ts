// Underlined. Markdown has no sign for it, so it is written as the HTML tag, which markdown.ts reads back.
import { toggleMark } from "prosemirror-commands";
import type { Block } from "#app/_editor/block.ts";
import { markIsOn } from "#app/_editor/commands/active.ts";
import { markOf } from "#app/_editor/commands/lookup.ts";

export const underline: Block = {
  kind: "mark",
  name: "underline",
  mark: {
    parseDOM: [{ tag: "u" }, { style: "text-decoration=underline" }],
    toDOM: () => ["u", 0],
  },
  keys: (schema) => [{ key: "Mod-u", title: "Underline", command: toggleMark(markOf(schema, "underline")) }],
  menu: (schema) => [
    {
      id: "underline",
      title: "Underline",
      icon: "underline",
      place: "mark",
      command: toggleMark(markOf(schema, "underline")),
      active: markIsOn(markOf(schema, "underline")),
    },
  ],
  markdownTokens: { u: { mark: "underline" } },
  toMarkdown: { open: "<u>", close: "</u>", mixable: true, expelEnclosingWhitespace: true },
};

// Raised, as in m². Markdown has no sign for it, so it is written as the HTML tag.
import type { Block } from "#app/_editor/block.ts";
import { markIsOn } from "#app/_editor/commands/active.ts";
import { markOf } from "#app/_editor/commands/lookup.ts";
import { toggleEither } from "#app/_editor/commands/toggle-either.ts";

export const superscript: Block = {
  kind: "mark",
  name: "superscript",
  mark: {
    parseDOM: [{ tag: "sup" }, { style: "vertical-align=super" }],
    toDOM: () => ["sup", 0],
  },
  keys: (schema) => [
    {
      key: "Mod-.",
      title: "Superscript",
      command: toggleEither(markOf(schema, "superscript"), markOf(schema, "subscript")),
    },
  ],
  menu: (schema) => [
    {
      id: "superscript",
      title: "Superscript",
      icon: "superscript",
      place: "mark",
      command: toggleEither(markOf(schema, "superscript"), markOf(schema, "subscript")),
      active: markIsOn(markOf(schema, "superscript")),
    },
  ],
  markdownTokens: { sup: { mark: "superscript" } },
  toMarkdown: { open: "<sup>", close: "</sup>", mixable: true, expelEnclosingWhitespace: true },
};

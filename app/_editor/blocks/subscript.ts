// Lowered, as in H₂O. Markdown has no sign for it, so it is written as the HTML tag.
import type { Block } from "#app/_editor/block.ts";
import { markIsOn } from "#app/_editor/commands/active.ts";
import { markOf } from "#app/_editor/commands/lookup.ts";
import { toggleEither } from "#app/_editor/commands/toggle-either.ts";

export const subscript: Block = {
  kind: "mark",
  name: "subscript",
  mark: {
    parseDOM: [{ tag: "sub" }, { style: "vertical-align=sub" }],
    toDOM: () => ["sub", 0],
  },
  keys: (schema) => [
    {
      key: "Mod-,",
      title: "Subscript",
      command: toggleEither(markOf(schema, "subscript"), markOf(schema, "superscript")),
    },
  ],
  menu: (schema) => [
    {
      id: "subscript",
      title: "Subscript",
      icon: "subscript",
      place: "mark",
      command: toggleEither(markOf(schema, "subscript"), markOf(schema, "superscript")),
      active: markIsOn(markOf(schema, "subscript")),
    },
  ],
  markdownTokens: { sub: { mark: "subscript" } },
  toMarkdown: { open: "<sub>", close: "</sub>", mixable: true, expelEnclosingWhitespace: true },
};

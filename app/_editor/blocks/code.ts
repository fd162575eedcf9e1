// Code inside a sentence.
import { toggleMark } from "prosemirror-commands";
import type { Node } from "prosemirror-model";
import type { Block } from "#app/_editor/block.ts";
import { markIsOn } from "#app/_editor/commands/active.ts";
import { markOf } from "#app/_editor/commands/lookup.ts";
import { markRule } from "#app/_editor/commands/mark-rule.ts";

export const code: Block = {
  kind: "mark",
  name: "code",
  mark: {
    code: true,
    parseDOM: [{ tag: "code" }],
    toDOM: () => ["code", { spellcheck: "false" }, 0],
  },
  keys: (schema) => [{ key: "Mod-e", title: "Code", command: toggleMark(markOf(schema, "code")) }],
  inputRules: (schema) => [markRule(schema, "code", /(?<!`)`([^`]+)`$/)],
  menu: (schema) => [
    {
      id: "code",
      title: "Code",
      icon: "code",
      place: "mark",
      command: toggleMark(markOf(schema, "code")),
      active: markIsOn(markOf(schema, "code")),
    },
  ],
  markdownTokens: { code_inline: { mark: "code" } },
  toMarkdown: {
    open: (_state, _mark, parent, index) => fence(parent.child(index), -1),
    close: (_state, _mark, parent, index) => fence(parent.child(index - 1), 1),
    escape: false,
  },
};

/** Backticks around `node`: one more than the longest run inside, with a space where the text itself has them. */
function fence(node: Node, side: -1 | 1): string {
  const runs = node.text?.match(/`+/g) ?? [];
  const ticks = "`".repeat(runs.reduce((longest, run) => Math.max(longest, run.length), 0) + 1);
  const text = node.text ?? "";
  const isPadded = /^ .+ $/s.test(text);
  const space = isPadded || text.startsWith("`") || text.endsWith("`") ? " " : "";
  return side === -1 ? ticks + space : space + ticks;
}

// A new line inside a block.
import { chainCommands, exitCode } from "prosemirror-commands";
import type { Command } from "prosemirror-state";
import type { Block } from "#app/_editor/block.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

const insert: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type.spec.code) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodeOf(state.schema, "hard_break").create()).scrollIntoView());
  return true;
};

export const hardBreak: Block = {
  kind: "node",
  name: "hard_break",
  node: {
    group: "inline",
    inline: true,
    selectable: false,
    leafText: () => "\n",
    linebreakReplacement: true,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
  keys: () => [{ key: "Shift-Enter", title: "New line", command: chainCommands(exitCode, insert) }],
  markdownTokens: { hardbreak: { node: "hard_break" } },
  toMarkdown: (state, node, parent, index) => {
    for (let next = index + 1; next < parent.childCount; next++) {
      if (parent.child(next).type !== node.type) {
        state.write(parent.type.name === "heading" ? "<br>" : "\\\n");
        return;
      }
    }
  },
};

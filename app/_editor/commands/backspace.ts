// Backspace at the start of a block first makes it plainer, and only then joins it with what stands before.
import { setBlockType } from "prosemirror-commands";
import { liftListItem } from "prosemirror-schema-list";
import type { Command } from "prosemirror-state";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

export const plainerAtStart: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset !== 0 || !$from.parent.isTextblock) return false;
  if ($from.parent.type.name !== "paragraph") {
    return setBlockType(nodeOf(state.schema, "paragraph"))(state, dispatch, view);
  }
  const around = $from.depth > 1 ? $from.node(-1).type : null;
  if ((around?.name === "list_item" || around?.name === "task_item") && $from.index(-1) === 0) {
    return liftListItem(around)(state, dispatch, view);
  }
  return false;
};

// Quote on, quote off.
import { lift, wrapIn } from "prosemirror-commands";
import type { NodeType } from "prosemirror-model";
import type { Command } from "prosemirror-state";
import { liftTarget } from "prosemirror-transform";

/** Wraps the selected blocks in `type`, or takes them out of the nearest one around them. */
export function toggleWrap(type: NodeType): Command {
  return (state, dispatch) => {
    const { $from, $to } = state.selection;
    for (let depth = $from.depth; depth > 0; depth--) {
      if ($from.node(depth).type !== type) continue;
      const range = $from.blockRange($to, (node) => node.type === type);
      const target = range && liftTarget(range);
      if (!range || target === null || target === undefined) return lift(state, dispatch);
      dispatch?.(state.tr.lift(range, target).scrollIntoView());
      return true;
    }
    return wrapIn(type)(state, dispatch);
  };
}

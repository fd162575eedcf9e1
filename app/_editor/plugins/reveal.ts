// Wherever the caret goes (a found word, a heading of the outline, a link), what is folded around it opens.
import { Plugin } from "prosemirror-state";

/** Sent to the element of each block around the caret that listens for it. */
export const REVEAL = "reveal";

export function reveal(): Plugin {
  return new Plugin({
    view: () => ({
      update(view, before) {
        const { selection } = view.state;
        if (selection.eq(before.selection)) return;
        const { $head } = selection;
        for (let depth = $head.depth; depth > 0; depth--) {
          if ($head.node(depth).type.name !== "collapsible") continue;
          // The first block is always to be seen.
          if ($head.index(depth) === 0) continue;
          view.nodeDOM($head.before(depth))?.dispatchEvent(new CustomEvent(REVEAL));
        }
      },
    }),
  });
}

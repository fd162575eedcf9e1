// Marks the code block, formula or diagram that the caret is in, so that the style sheet can show its source or tools.
import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

export function caretInside(): Plugin {
  return new Plugin({
    props: {
      decorations({ doc, selection: { $from, $to } }) {
        if (!$from.parent.type.spec.code || !$from.sameParent($to)) return null;
        return DecorationSet.create(doc, [Decoration.node($from.before(), $from.after(), { class: "has-caret" })]);
      },
    },
  });
}

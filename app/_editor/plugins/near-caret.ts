// Marks the blocks at the caret, which are laid out even when the browser has not seen yet that they are on the screen
// (styles/off-screen.css): a letter that is typed into a block just made would else push the caret to its start.
import { type EditorState, Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

/** The outermost blocks with an end of the selection, and those beside them. */
function decorate({ doc, selection }: EditorState): DecorationSet {
  const near = new Set<number>();
  for (const $end of [selection.$anchor, selection.$head]) {
    const index = $end.index(0);
    for (const beside of [index - 1, index, index + 1]) if (doc.maybeChild(beside)) near.add(beside);
  }
  const found: Decoration[] = [];
  let [pos, index] = [0, 0];
  const last = Math.max(...near);
  for (; index <= last; index++) {
    const to = pos + doc.child(index).nodeSize;
    if (near.has(index)) found.push(Decoration.node(pos, to, { class: "near-caret" }));
    pos = to;
  }
  return DecorationSet.create(doc, found);
}

export function nearCaret(): Plugin<DecorationSet> {
  const plugin: Plugin<DecorationSet> = new Plugin<DecorationSet>({
    state: {
      init: (_config, state) => decorate(state),
      apply: (tr, set, _before, state) => (tr.docChanged || tr.selectionSet ? decorate(state) : set),
    },
    props: { decorations: (state) => plugin.getState(state) },
  });
  return plugin;
}

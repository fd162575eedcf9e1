// Keeps one's own caret where one wrote last while others write at the very same place. y-prosemirror remembers the
// caret by the letter behind it, and at the end of a paragraph by that end, so the letters of two people who write
// there would mix. Here a caret stays with the letter before it, and a selection with its own letters on both sides.
import { Plugin } from "prosemirror-state";
import { ySyncPluginKey } from "y-prosemirror";
import * as Y from "yjs";

/** Two ends of a selection, as y-prosemirror remembers them. */
export interface RelativeSelection {
  anchor: Y.RelativePosition;
  head: Y.RelativePosition;
}

/** The part of y-prosemirror's binding that is used; it sets the field before every Yjs transaction. */
interface Binding {
  doc: Y.Doc;
  beforeTransactionSelection: (RelativeSelection & { type: string }) | null;
}

/** Must come after the sync plugin, whose note of the selection it corrects. */
export function ownCaret(): Plugin {
  return new Plugin({
    view(view) {
      const binding = ySyncPluginKey.getState(view.state)?.binding as Binding | null;
      if (!binding) return {};
      const correct = () => {
        const noted = binding.beforeTransactionSelection;
        if (noted?.type !== "text") {
          // A selected node or cells: the binding would take one for text, and fail over a node that was deleted. The
          // step that changes the document moves such a selection itself (small-step.ts).
          binding.beforeTransactionSelection = null;
          return;
        }
        const { anchor, head } = view.state.selection;
        binding.beforeTransactionSelection = { ...noted, ...withOwnLetters(noted, head - anchor, binding.doc) };
      };
      binding.doc.on("beforeAllTransactions", correct);
      return { destroy: () => binding.doc.off("beforeAllTransactions", correct) };
    },
  });
}

/** `span` is the way from anchor to head; its end, and a caret, hold on to the letter before them. */
export function withOwnLetters({ anchor, head }: RelativeSelection, span: number, doc: Y.Doc): RelativeSelection {
  return {
    anchor: span <= 0 ? holdLeft(anchor, doc) : anchor,
    head: span >= 0 ? holdLeft(head, doc) : head,
  };
}

function holdLeft(position: Y.RelativePosition, doc: Y.Doc): Y.RelativePosition {
  const found = Y.createAbsolutePositionFromRelativePosition(position, doc);
  if (!found || !(found.type instanceof Y.XmlText) || found.index === 0) return position;
  return Y.createRelativePositionFromTypeIndex(found.type, found.index, -1);
}

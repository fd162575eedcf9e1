// A key, a change of somebody else, and what only redraws find the selection that the person sees. The browser tells of
// a selection a moment after it was made. A key that comes before that (a quick hand on a slow page) would act on the
// one before, and what is put on the screen in that moment (what somebody else writes, where somebody's caret is) would
// put the one before back: ProseMirror writes its selection into the page with every redraw. Must come before all other
// plugins.
import { Plugin, type Transaction } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";

/** The parts of ProseMirror's view that look at the page, and say whether a look could find more than a selection. */
interface Looks {
  domObserver: { flush(): void; pendingRecords(): readonly unknown[] };
  /** None when the view is destroyed. */
  docView?: { dirty: number } | null;
}

/** Takes the selection over from the page, as ProseMirror would a moment later. Never what was written there. */
export function lookFirst(view: EditorView): void {
  const { domObserver, docView } = view as unknown as Looks;
  // Letters that ProseMirror has not read yet, or is reading: it comes to the selection itself.
  if (view.composing || docView?.dirty !== 0 || domObserver.pendingRecords().length > 0) return;
  domObserver.flush();
}

/** For a transaction of `view` that says nothing about the selection: the same one with what the person sees. */
export function withSelectionFirst(view: EditorView, tr: Transaction): Transaction {
  if (tr.docChanged || tr.selectionSet || tr.before !== view.state.doc) return tr;
  lookFirst(view);
  const { doc, selection } = view.state;
  if (tr.before !== doc || selection.eq(tr.selection)) return tr;
  return tr.setSelection(selection);
}

/** `doc` is the document that is shown. Its binding notes the selection when a transaction begins, after us. */
export function selectionFirst(doc: Y.Doc | null): Plugin {
  return new Plugin({
    props: {
      handleKeyDown(view, event) {
        // An input method is at work (229: on Android it is always said to be).
        if (!event.isComposing && event.keyCode !== 229) lookFirst(view);
        return false;
      },
    },
    view(view) {
      const beforeOthers = (changing: Y.Doc) => {
        if (!changing._transaction?.local) lookFirst(view);
      };
      doc?.on("beforeAllTransactions", beforeOthers);
      return { destroy: () => doc?.off("beforeAllTransactions", beforeOthers) };
    },
  });
}

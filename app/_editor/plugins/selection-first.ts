// A key, and a change of somebody else, find the selection that the person sees. The browser tells of a selection a
// moment after it was made. A key that comes before that (a quick hand on a slow page) would act on the one before, and
// what somebody else writes in that moment would put the one before back. Must come before all other plugins.
import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";

/** The part of ProseMirror's view that looks at the page now. It does so by itself a moment later. */
interface Observes {
  domObserver: { flush(): void };
}

function look(view: EditorView): void {
  if (!view.composing) (view as unknown as Observes).domObserver.flush();
}

/** `doc` is the document that is shown. Its binding notes the selection when a transaction begins, after us. */
export function selectionFirst(doc: Y.Doc | null): Plugin {
  return new Plugin({
    props: {
      handleKeyDown(view, event) {
        // An input method is at work (229: on Android it is always said to be).
        if (!event.isComposing && event.keyCode !== 229) look(view);
        return false;
      },
    },
    view(view) {
      const beforeOthers = (changing: Y.Doc) => {
        if (!changing._transaction?.local) look(view);
      };
      doc?.on("beforeAllTransactions", beforeOthers);
      return { destroy: () => doc?.off("beforeAllTransactions", beforeOthers) };
    },
  });
}

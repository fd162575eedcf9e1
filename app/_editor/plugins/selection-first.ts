// A key acts on the selection that the person sees. The browser tells of a selection a moment after it was made; a key
// that comes before that (a quick hand on a slow page) would act on the one before. Must come before all other plugins.
import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

/** The part of ProseMirror's view that looks at the page now. It does so by itself a moment later. */
interface Observes {
  domObserver: { flush(): void };
}

export function selectionFirst(): Plugin {
  return new Plugin({
    props: {
      handleKeyDown(view: EditorView, event) {
        // An input method is at work (229: on Android it is always said to be).
        if (!view.composing && !event.isComposing && event.keyCode !== 229) {
          (view as unknown as Observes).domObserver.flush();
        }
        return false;
      },
    },
  });
}

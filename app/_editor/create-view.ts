// Makes the ProseMirror view of a Yjs document, and tells whoever listens about every new state. It never puts
// content into the document: what is there comes from Yjs.
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { ySyncPluginKey, yUndoPluginKey } from "y-prosemirror";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { blocks } from "#app/_editor/blocks/index.ts";
import { isIntention } from "#app/_editor/commands/intention.ts";
import type { PageActions } from "#app/_editor/keys.ts";
import { isRedraw } from "#app/_editor/plugins/cursors.ts";
import { createPlugins } from "#app/_editor/plugins/list.ts";
import { withSelectionFirst } from "#app/_editor/plugins/selection-first.ts";
import { FRAGMENT, schema } from "#app/_editor/schema.ts";
import { isInside, untilThere } from "#app/_editor/scroll-there.ts";
import { asSmallStep } from "#app/_editor/small-step.ts";
import { titleOf, words } from "#app/_editor/words.ts";

export interface ViewOptions {
  place: HTMLElement;
  doc: Y.Doc;
  awareness: Awareness;
  page: PageActions;
  editable(): boolean;
  /** `isUrgent`: the person asked for something that may want the next key, such as a popover with a field. */
  onState(state: EditorState, isUrgent: boolean): void;
}

/** ProseMirror scrolls after this, once; if that went far, the way is looked at again. */
function stayWithCaret(view: EditorView): void {
  const before = window.scrollY;
  requestAnimationFrame(() => {
    if (view.isDestroyed || Math.abs(window.scrollY - before) < window.innerHeight) return;
    untilThere(
      () => view.isDestroyed || isInside(view.coordsAtPos(view.state.selection.head)),
      () => view.dispatch(view.state.tr.scrollIntoView()),
    );
  });
}

export function createView({ place, doc, awareness, page, editable, onState }: ViewOptions): EditorView {
  // True while a change of somebody else is put on the screen: others never move our view.
  let remote = false;
  return new EditorView(place, {
    state: EditorState.create({ schema, plugins: createPlugins(doc.getXmlFragment(FRAGMENT), awareness, page) }),
    editable,
    nodeViews: Object.fromEntries(
      blocks.flatMap((block) => (block.kind === "node" && block.view ? [[block.name, block.view]] : [])),
    ),
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": words("text.label"),
      class: "prose",
      // What the stylesheet writes beside the text.
      style: `--word-caption: ${JSON.stringify(words("image.caption"))}; --word-page-break: ${JSON.stringify(titleOf({ id: "page-break", title: "Page break" }))}`,
      spellcheck: "true",
      lang: navigator.language,
    },
    scrollMargin: { top: 120, right: 0, bottom: 96, left: 0 },
    scrollThreshold: { top: 120, right: 0, bottom: 96, left: 0 },
    handleScrollToSelection(view) {
      if (!remote) stayWithCaret(view);
      return remote;
    },
    dispatchTransaction(this: EditorView, asked) {
      const tr = withSelectionFirst(this, asked);
      const small = asSmallStep(this.state, tr);
      const sync = tr.getMeta(ySyncPluginKey);
      const intention = isIntention(tr);
      const undo = yUndoPluginKey.getState(this.state)?.undoManager;
      if (intention) undo?.stopCapturing();
      remote = Boolean(sync?.isChangeOrigin) && !sync.isUndoRedoOperation;
      this.updateState(this.state.apply(small));
      remote = false;
      if (intention) undo?.stopCapturing();
      onState(this.state, !tr.docChanged && !isRedraw(tr));
    },
  });
}

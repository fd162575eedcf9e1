// Tab, where it means nothing to the text, goes to the next control, as it does everywhere. The browser would do the
// same, but asks every element on its way whether it can have the focus, and has to lay out what is off the screen for
// that: a second in a document of a hundred pages.
import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";

/** Must come after everything else that takes Tab. */
export function leaveByTab(): Plugin {
  return new Plugin({
    props: {
      handleKeyDown(view, event) {
        if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
        const next = nextControl(view, event.shiftKey);
        next?.focus();
        return next !== null;
      },
    },
  });
}

/** The control that comes after the caret, or before it; null if there is none, and the browser's own bars are next. */
function nextControl(view: EditorView, back: boolean): HTMLElement | null {
  const { node } = view.domAtPos(view.state.selection.head);
  const wanted = back ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  const controls = [...view.dom.ownerDocument.querySelectorAll<HTMLElement>(CONTROLS)];
  if (back) controls.reverse();
  return controls.find((control) => node.compareDocumentPosition(control) & wanted && canHaveFocus(control)) ?? null;
}

function canHaveFocus(control: HTMLElement): boolean {
  // Links in the text are text.
  const inText = control.closest("[contenteditable]")?.getAttribute("contenteditable") === "true";
  return control.tabIndex >= 0 && !inText && !control.matches(":disabled, [inert] *") && control.checkVisibility();
}

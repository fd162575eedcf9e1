// For what stands in the text and changes it (a box to tick, a choice): says and keeps to it when the text may not be
// changed. Not `disabled`, with which whoever is in it would lose the focus.
import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

const listeners = new WeakMap<EditorView, Set<() => void>>();

/** Calls back now, and whenever `view.editable` has changed. Answers how to stop. */
export function whenEditable(view: EditorView, show: (isEditable: boolean) => void): () => void {
  const all = listeners.get(view) ?? new Set();
  listeners.set(view, all);
  const listener = () => show(view.editable);
  all.add(listener);
  listener();
  return () => all.delete(listener);
}

/** Tells those who wait with whenEditable. */
export function readOnly(): Plugin {
  return new Plugin({
    view(view) {
      let was = view.editable;
      return {
        update() {
          if (view.editable === was) return;
          was = view.editable;
          for (const listener of listeners.get(view) ?? []) listener();
        },
      };
    },
  });
}

/** While the text may not be changed, `control` says so and does nothing; the focus can still go in and out. */
export function lockReadOnly(view: EditorView, control: HTMLElement): () => void {
  const refuse = (event: Event) => {
    if (!view.editable && !isPassing(event)) event.preventDefault();
  };
  for (const type of ["mousedown", "click", "keydown"]) control.addEventListener(type, refuse);
  return whenEditable(view, (isEditable) => {
    if (isEditable) control.removeAttribute("aria-disabled");
    else control.setAttribute("aria-disabled", "true");
  });
}

/** Keys that lead on, and those of the page. */
function isPassing(event: Event): boolean {
  if (event.type !== "keydown") return false;
  const { key, ctrlKey, metaKey } = event as KeyboardEvent;
  return key === "Tab" || key === "Escape" || ctrlKey || metaKey;
}

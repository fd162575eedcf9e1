// Where one may not write (any more), what would write is switched off: choices and boxes inside the text. What a
// formula or a diagram is made of, which only its writer sees at other times, can be opened by its reader then.
import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

export function readOnly(): Plugin {
  return new Plugin({
    view(view) {
      let was = true;
      const look = () => {
        // While one may write, node views make their controls as they are wanted.
        if (was && view.editable) return;
        was = view.editable;
        switchControls(view);
      };
      look();
      return { update: look };
    },
  });
}

function switchControls({ dom, editable }: EditorView): void {
  for (const control of dom.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) {
    control.disabled = !editable;
  }
  for (const shown of dom.querySelectorAll<HTMLElement>(".source-shown")) {
    for (const [name, value] of [
      ["tabindex", "0"],
      ["role", "button"],
    ] as const) {
      if (editable) shown.removeAttribute(name);
      else shown.setAttribute(name, value);
    }
  }
}

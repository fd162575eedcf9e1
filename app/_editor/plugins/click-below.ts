// A click into the empty space below the text puts the caret at its end; after a block that is not a paragraph, in a
// new one. A person's own change, made at once: nothing is ever appended by itself, which Yjs would repeat per client.
import { Plugin, TextSelection } from "prosemirror-state";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

export function clickBelow(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        mousedown(view, event) {
          if (event.target !== view.dom || event.button !== 0 || !view.editable) return false;
          const last = view.dom.lastElementChild;
          if (!last || event.clientY <= last.getBoundingClientRect().bottom) return false;
          event.preventDefault();
          const { tr, doc, schema } = view.state;
          if (doc.lastChild?.type.name !== "paragraph")
            tr.insert(doc.content.size, nodeOf(schema, "paragraph").create());
          tr.setSelection(TextSelection.atEnd(tr.doc));
          view.dispatch(tr.scrollIntoView());
          view.focus();
          return true;
        },
      },
    },
  });
}

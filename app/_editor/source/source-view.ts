// A formula or a diagram on the screen: its source, shown while the caret is in it (source/caret-inside.ts) or a reader
// has opened it, and what it means. Drawing waits until the typing pauses, never runs twice at once, and keeps the last good picture.
import type { Node } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { EditorView, NodeView } from "prosemirror-view";
import { whenEditable } from "#app/_editor/plugins/read-only.ts";
import { titleOf, words } from "#app/_editor/words.ts";

/** Puts the picture of `source` into `place`; throws an error whose message tells the writer what is wrong. */
export type Draw = (source: string, place: HTMLElement) => Promise<void>;

export interface SourceLook {
  /** "Formula", "Diagram": for screen readers, and where there is nothing yet. */
  title: { id: string; title: string };
  className: string;
  isInline: boolean;
  draw: Draw;
  /** Calls back when everything has to be drawn again. Answers how to stop. */
  onOutdated?(again: () => void): () => void;
}

/** Milliseconds without a change before the picture follows. */
const PAUSE = 150;
const LIMIT = 20_000;
/** Events in the picture that are no business of the editor. */
const STOPPED = new Set(["mousedown", "keydown", "click"]);

export function createSourceView(look: SourceLook) {
  return (first: Node, view: EditorView, getPos: () => number | undefined): NodeView => {
    let node = first;
    let drawn: string | null = null;
    let running = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const make = (name: string, className: string) => {
      const made = view.dom.ownerDocument.createElement(name);
      made.className = className;
      return made;
    };
    const box = look.isInline ? "span" : "div";
    const dom = make(box, `source ${look.className}`);
    const contentDOM = make(look.isInline ? "code" : "pre", "source-text");
    contentDOM.spellcheck = false;
    contentDOM.dir = "ltr";
    const shown = make(box, "source-shown");
    shown.contentEditable = "false";
    const picture = make(box, "source-picture");
    picture.setAttribute("role", "img");
    const problem = make(box, "source-problem");
    shown.append(picture, problem);
    dom.append(contentDOM, shown);

    const draw = async () => {
      if (running) return;
      const source = node.textContent;
      running = true;
      picture.setAttribute(
        "aria-label",
        words("source.shows", {
          title: titleOf(look.title),
          source: source.slice(0, 300).trim() || words("source.empty"),
        }),
      );
      dom.classList.toggle("source-empty", source.trim() === "");
      try {
        if (source.length > LIMIT) throw new Error(words("source.tooLong"));
        if (source.trim() === "") picture.textContent = titleOf(look.title);
        else await look.draw(source, picture);
        problem.textContent = "";
      } catch (error) {
        problem.textContent = error instanceof Error ? error.message.slice(0, 300) : words("source.wrong");
      }
      dom.classList.toggle("source-broken", problem.textContent !== "");
      drawn = source;
      running = false;
      if (drawn !== node.textContent) later();
    };
    const later = (pause = PAUSE) => {
      clearTimeout(timer);
      timer = setTimeout(draw, pause);
    };
    shown.addEventListener("mousedown", (event) => {
      const pos = getPos();
      if (pos === undefined || event.button !== 0 || !view.editable) return;
      event.preventDefault();
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos + 1 + node.content.size)));
      view.focus();
    });
    // Who may not write has no caret that shows the source: the picture is the button for it.
    const toggle = () => shown.setAttribute("aria-expanded", String(dom.classList.toggle("source-open")));
    shown.addEventListener("click", () => {
      if (!view.editable) toggle();
    });
    shown.addEventListener("keydown", (event) => {
      if (view.editable || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      toggle();
    });
    const unwatch = whenEditable(view, (isEditable) => {
      dom.classList.remove("source-open");
      const asButton = { role: "button", tabindex: "0", "aria-expanded": "false" };
      for (const [name, value] of Object.entries(asButton)) {
        if (isEditable) shown.removeAttribute(name);
        else shown.setAttribute(name, value);
      }
    });
    const stop = look.onOutdated?.(() => later(0));
    later(0);
    return {
      dom,
      contentDOM,
      update(changed) {
        if (changed.type !== node.type) return false;
        node = changed;
        if (node.textContent !== drawn) later();
        return true;
      },
      stopEvent: (event) => STOPPED.has(event.type) && shown.contains(event.target as globalThis.Node | null),
      ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
      destroy() {
        clearTimeout(timer);
        stop?.();
        unwatch();
      },
    };
  };
}

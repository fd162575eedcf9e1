// A picture on the page: shown in the width it was given, which is dragged at its edge, above a caption to write in.
import type { Node } from "prosemirror-model";
import { NodeSelection } from "prosemirror-state";
import type { EditorView, NodeView } from "prosemirror-view";
import { imgAttributes } from "#app/_editor/image/attributes.ts";
import { words } from "#app/_editor/words.ts";

export function createImageView(first: Node, view: EditorView, getPos: () => number | undefined): NodeView {
  const document = view.dom.ownerDocument;
  const dom = document.createElement("figure");
  dom.dataset.image = "";
  const frame = dom.appendChild(document.createElement("div"));
  frame.contentEditable = "false";
  const img = frame.appendChild(document.createElement("img"));
  const missing = frame.appendChild(document.createElement("p"));
  missing.hidden = true;
  const handle = frame.appendChild(document.createElement("div"));
  handle.className = "image-handle";
  const contentDOM = dom.appendChild(document.createElement("figcaption"));
  contentDOM.dir = "auto";
  let node = first;

  const show = () => {
    for (const [name, value] of Object.entries(imgAttributes(node))) {
      if (img.getAttribute(name) !== value) img.setAttribute(name, value);
    }
    frame.style.inlineSize = node.attrs.width ? `${node.attrs.width}%` : "";
    contentDOM.dataset.empty = String(node.content.size === 0);
    missing.textContent = words("image.missing", { alt: node.attrs.alt });
  };
  img.addEventListener("error", () => {
    missing.hidden = false;
    img.hidden = true;
  });
  img.addEventListener("click", () => {
    const pos = getPos();
    if (pos === undefined) return;
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, pos)));
    view.focus();
  });
  const setWidth = (width: number) => {
    const pos = getPos();
    if (pos === undefined || !view.editable) return show();
    view.dispatch(view.state.tr.setNodeAttribute(pos, "width", width).setMeta("intention", true));
  };
  handle.addEventListener("pointerdown", (event) => drag(event, { frame, view, setWidth }));
  show();
  return {
    dom,
    contentDOM,
    update(next) {
      if (next.type.name !== "image" || next.attrs.file !== node.attrs.file) return false;
      node = next;
      show();
      return true;
    },
    selectNode: () => dom.classList.add("ProseMirror-selectednode"),
    deselectNode: () => dom.classList.remove("ProseMirror-selectednode"),
    stopEvent: (event) => event.target === handle,
    ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
  };
}

interface Dragged {
  frame: HTMLElement;
  view: EditorView;
  setWidth(width: number): void;
}

/** In steps of five per cent of the text's width, from both sides of a centred picture. */
function drag(event: PointerEvent, { frame, view, setWidth }: Dragged): void {
  if (!view.editable) return;
  event.preventDefault();
  const handle = event.target as HTMLElement;
  handle.setPointerCapture(event.pointerId);
  const whole = frame.parentElement?.clientWidth || 1;
  const [from, start] = [event.clientX, frame.offsetWidth];
  const side = getComputedStyle(frame).direction === "rtl" ? -1 : 1;
  let width = 0;
  const move = ({ clientX }: PointerEvent) => {
    const share = ((start + 2 * side * (clientX - from)) / whole) * 100;
    width = Math.min(100, Math.max(10, Math.round(share / 5) * 5));
    frame.style.inlineSize = `${width}%`;
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener(
    "lostpointercapture",
    () => {
      handle.removeEventListener("pointermove", move);
      if (width > 0) setWidth(width);
    },
    { once: true },
  );
}

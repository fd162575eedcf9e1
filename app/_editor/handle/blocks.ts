// The outermost block at a height of the page, and what the handle's menu does that no key does.
import { type Command, NodeSelection, type Selection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

/** px between the handle and the text. */
const GAP = 28;

/** Position of the block at `y`, and where in the window its handle goes; null beside none. */
export function blockUnder(view: EditorView, y: number): { pos: number; left: number; top: number } | null {
  const children = [...view.dom.children];
  // Blocks stand in order, so half of them can be left out at each step.
  let [low, high] = [0, children.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.getBoundingClientRect().bottom ?? 0) < y) low = middle + 1;
    else high = middle;
  }
  const element = children[low];
  if (!(element instanceof HTMLElement) || element.classList.contains("ProseMirror-widget")) return null;
  const box = element.getBoundingClientRect();
  if (y < box.top - 12 || y > box.bottom + 12) return null;
  const at = view.posAtDOM(element, 0);
  const $at = view.state.doc.resolve(Math.min(at, view.state.doc.content.size));
  const pos = $at.depth > 0 ? $at.before(1) : at;
  const side = getComputedStyle(view.dom).direction === "rtl" ? "right" : "left";
  const left = side === "left" ? box.left - GAP : window.innerWidth - box.right - GAP;
  const line = Math.min(box.height, Number.parseFloat(getComputedStyle(element).lineHeight) || 24);
  return { pos, left, top: box.top + line / 2 - 14 };
}

/** The outermost blocks that the selection touches. */
function outermost({ $from, $to, from, to }: Selection): { start: number; end: number } {
  return { start: $from.depth > 0 ? $from.before(1) : from, end: $to.depth > 0 ? $to.after(1) : to };
}

export const duplicate: Command = (state, dispatch) => {
  const { start, end } = outermost(state.selection);
  const tr = state.tr.insert(end, state.doc.slice(start, end).content);
  if (state.selection instanceof NodeSelection) tr.setSelection(NodeSelection.create(tr.doc, end));
  dispatch?.(tr.scrollIntoView());
  return true;
};

export const remove: Command = (state, dispatch) => {
  const { start, end } = outermost(state.selection);
  dispatch?.(state.tr.delete(start, end).scrollIntoView());
  return true;
};

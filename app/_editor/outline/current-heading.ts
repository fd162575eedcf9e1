// Which heading somebody is under, and the way to another one. It moves one's own caret and view, nobody else's.
import { TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { headingsOf } from "#app/_editor/outline/headings.ts";
import { scrollThere } from "#app/_editor/scroll-there.ts";

/** px from the top of the window: below the bars, where a heading is after one has gone to it. */
const TOP = 120;

/** The index of the last heading above the caret, or above the top of the text if the caret is out of sight; or -1. */
export function currentHeading(view: EditorView): number {
  const line = readingLine(view);
  const headings = headingsOf(view.state.doc);
  let low = 0;
  let high = headings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = view.nodeDOM(headings[middle]?.pos ?? 0);
    const top = element instanceof Element ? element.getBoundingClientRect().top : Number.POSITIVE_INFINITY;
    if (top <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function readingLine(view: EditorView): number {
  const caret = view.coordsAtPos(view.state.selection.head);
  return caret.bottom > TOP - 16 && caret.top < window.innerHeight ? caret.bottom : TOP;
}

/** Puts the caret there and the heading at the top; into the text itself if `focus`. */
export function goToHeading(view: EditorView, index: number, focus: boolean): void {
  const heading = headingsOf(view.state.doc)[index];
  if (!heading) return;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, heading.pos + 1)));
  if (focus) view.focus();
  const element = view.nodeDOM(heading.pos);
  if (element instanceof Element) scrollThere(element, "start");
}

// y-prosemirror puts every change of somebody else on the screen by replacing the whole document. Here such a
// transaction becomes one step over just what differs, so that everything that is kept by position (selected cells,
// folded blocks, found words, a column being dragged) stays where it is, and the view redraws only what changed.
import { type Node, Slice } from "prosemirror-model";
import { type EditorState, Selection, type Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { ySyncPluginKey } from "y-prosemirror";

/** The same change to the document as a small step; `tr` itself when it is not the binding's or cannot be made smaller. */
export function asSmallStep(state: EditorState, tr: Transaction): Transaction {
  const sync = tr.getMeta(ySyncPluginKey);
  if (!sync?.isChangeOrigin || !tr.docChanged || tr.before !== state.doc) return tr;
  const small = state.tr.setMeta(ySyncPluginKey, sync).setMeta("addToHistory", false);
  const step = smallestStep(state.doc, tr.doc);
  if (step) {
    if (small.maybeStep(step).failed || !small.doc.eq(tr.doc)) return tr;
  }
  if (tr.selectionSet) small.setSelection(Selection.fromJSON(small.doc, tr.selection.toJSON()));
  return tr.scrolledIntoView ? small.scrollIntoView() : small;
}

/** What differs between two nodes whose contents begin at `at`: always within one parent. Null when nothing does. */
export function smallestStep(before: Node, after: Node, at = 0): ReplaceStep | null {
  const shorter = Math.min(before.childCount, after.childCount);
  let [start, end] = [0, 0];
  while (start < shorter && before.child(start).eq(after.child(start))) start++;
  while (end < shorter - start && fromEnd(before, end).eq(fromEnd(after, end))) end++;
  const [gone, come] = [before.childCount - start - end, after.childCount - start - end];
  if (gone === 0 && come === 0) return null;
  const offset = sizeOf(before, 0, start);
  const [one, other] = [before.maybeChild(start), after.maybeChild(start)];
  if (gone === 1 && come === 1 && one && other && !one.isText && !one.isLeaf && one.sameMarkup(other)) {
    return smallestStep(one, other, at + offset + 1);
  }
  if (before.inlineContent && isFlat(before) && isFlat(after)) return differingText(before, after, at);
  const to = before.content.size - sizeOf(before, before.childCount - end, before.childCount);
  const until = after.content.size - sizeOf(after, after.childCount - end, after.childCount);
  return replacement(after, at, { offset, to, until });
}

function differingText(before: Node, after: Node, at: number): ReplaceStep | null {
  const offset = before.content.findDiffStart(after.content);
  const end = before.content.findDiffEnd(after.content);
  if (offset === null || !end) return null;
  // "aa" to "aaa": what is the same at the start is the same at the end, too.
  const overlap = Math.max(0, offset - Math.min(end.a, end.b));
  return replacement(after, at, { offset, to: end.a + overlap, until: end.b + overlap });
}

function replacement(after: Node, at: number, part: { offset: number; to: number; until: number }): ReplaceStep {
  const content = after.content.cut(part.offset, part.until);
  return new ReplaceStep(at + part.offset, at + part.to, new Slice(content, 0, 0));
}

const fromEnd = (node: Node, index: number) => node.child(node.childCount - 1 - index);
const isFlat = (node: Node) => node.children.every((child) => child.isText || child.isLeaf);

function sizeOf(node: Node, from: number, to: number): number {
  return node.children.slice(from, to).reduce((size, child) => size + child.nodeSize, 0);
}

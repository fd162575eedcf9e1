// A formatted paste is two steps of undo: the plain text goes in first, then what it means takes its place, so that
// undo once leaves the plain text. What it means may come later (the Markdown parser is loaded when it is needed);
// what others write meanwhile moves the place, and what is written inside it keeps the text plain.
import type { Slice } from "prosemirror-model";
import { type EditorState, Plugin, PluginKey, type SelectionBookmark, type Transaction } from "prosemirror-state";
import { ReplaceStep, StepMap } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import { paragraphs } from "#app/_editor/paste/paragraphs.ts";
import { lookFirst } from "#app/_editor/plugins/selection-first.ts";
import { smallestStep } from "#app/_editor/small-step.ts";

/** A plain text that waits for what it means. */
interface Waiting {
  /** Takes the plain text out again, in the document as it is now. */
  back: ReplaceStep;
  /** How far the place has moved since the paste. */
  moved: number;
  /** What was selected before the paste. */
  replaced: SelectionBookmark;
  /** From the end of the place to where the paste left the caret. */
  caret: number;
}

type Change = { add: Waiting & { id: object } } | { remove: object };

const key = new PluginKey<Map<object, Waiting>>("paste-in-two-steps");

/** Must come after whatever else handles a paste: it takes the HTML that nobody wanted. */
export function inTwoSteps(): Plugin<Map<object, Waiting>> {
  return new Plugin<Map<object, Waiting>>({
    key,
    state: {
      init: () => new Map(),
      apply(tr, before) {
        const change = tr.getMeta(key) as Change | undefined;
        if (!change && before.size === 0) return before;
        const now = new Map([...before].flatMap(([id, waiting]) => follow(id, waiting, tr)));
        if (change && "add" in change) now.set(change.add.id, change.add);
        if (change && "remove" in change) now.delete(change.remove);
        return now;
      },
    },
    props: {
      handlePaste(view, event, slice) {
        const text = event.clipboardData?.getData("text/plain") ?? "";
        const html = event.clipboardData?.getData("text/html") ?? "";
        if (text === "" || html === "" || html.includes("data-pm-slice") || slice.size === 0) return false;
        pasteInTwoSteps(view, text, slice);
        return true;
      },
    },
  });
}

/** Pastes `text` at the selection, and then what it means, now or when it is known; null leaves it plain. */
export function pasteInTwoSteps(
  view: EditorView,
  text: string,
  meaning: Slice | Promise<Slice | null>,
  uiEvent: "paste" | "drop" = "paste",
): void {
  const { state } = view;
  const mark = (tr: Transaction) => tr.setMeta("paste", true).setMeta("uiEvent", uiEvent);
  const direct = "then" in meaning ? null : put(state.tr, meaning);
  const plain = state.tr.replaceSelection(paragraphs(text, state.selection.$from));
  const back = wayBack(plain);
  if (direct && (!back || direct.doc.eq(plain.doc))) {
    view.dispatch(mark(direct).scrollIntoView());
    return;
  }
  if (!back) return;
  const id = {};
  const add = { id, back, moved: 0, replaced: state.selection.getBookmark(), caret: plain.selection.head - back.to };
  view.dispatch(
    mark(plain)
      .setMeta(key, { add } satisfies Change)
      .scrollIntoView(),
  );
  const finish = (slice: Slice | null) => {
    if (view.isDestroyed) return;
    lookFirst(view);
    const tr = (slice && view.editable && meant(view.state, id, slice)) || view.state.tr;
    view.dispatch((tr.docChanged ? mark(tr) : tr).setMeta(key, { remove: id } satisfies Change));
  };
  if ("then" in meaning) {
    meaning.then(finish, () => finish(null));
  } else finish(meaning);
}

/** Null when the plain text is not there any more as it was, or means no more than it says. */
function meant(state: EditorState, id: object, slice: Slice): Transaction | null {
  const waiting = key.getState(state)?.get(id);
  if (!waiting) return null;
  const { tr, selection } = state;
  const isAtEnd = selection.empty && selection.head === waiting.back.to + waiting.caret;
  if (tr.maybeStep(waiting.back).failed) return null;
  tr.setSelection(waiting.replaced.map(StepMap.offset(waiting.moved)).resolve(tr.doc));
  put(tr, slice);
  if (tr.doc.eq(state.doc)) return null;
  // Somebody who went on elsewhere stays there.
  return isAtEnd ? tr.scrollIntoView() : tr.setSelection(selection.getBookmark().map(tr.mapping).resolve(tr.doc));
}

/** As ProseMirror pastes. */
function put(tr: Transaction, slice: Slice): Transaction {
  const only =
    slice.openStart === 0 && slice.openEnd === 0 && slice.content.childCount === 1 && slice.content.firstChild;
  return only ? tr.replaceSelectionWith(only, false) : tr.replaceSelection(slice);
}

function wayBack(tr: Transaction): ReplaceStep | null {
  const [step, ...more] = tr.steps;
  const inverted = more.length === 0 ? step?.invert(tr.before) : null;
  return inverted instanceof ReplaceStep ? inverted : smallestStep(tr.doc, tr.before);
}

/** The same after another transaction: nothing of it when something inside has changed. */
function follow(id: object, waiting: Waiting, tr: Transaction): [object, Waiting][] {
  const { back, moved } = waiting;
  if (!tr.docChanged) return [[id, waiting]];
  if (changesInside(tr, back.from, back.to)) return [];
  const mapped = back.map(tr.mapping);
  if (!(mapped instanceof ReplaceStep)) return [];
  return [[id, { ...waiting, back: mapped, moved: moved + mapped.from - back.from }]];
}

function changesInside(tr: Transaction, from: number, to: number): boolean {
  let [start, end, isInside] = [from, to, false];
  for (const map of tr.mapping.maps) {
    map.forEach((changedFrom, changedTo) => {
      if (changedFrom < end && changedTo > start) isInside = true;
    });
    start = map.map(start, 1);
    end = map.map(end, -1);
  }
  return isInside;
}

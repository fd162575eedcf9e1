// What the find panel asks of the editor: a query, which of its matches is selected, and steps between them. The search
// itself is prosemirror-search's; its replacing is not used, since it reads "$" as the start of a placeholder. What the panel looks like is find-panel.tsx.
import {
  findNext,
  findPrev,
  getMatchHighlights,
  getSearchState,
  SearchQuery,
  setSearchState,
} from "prosemirror-search";
import { type Command, type EditorState, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { scrollThere } from "#app/_editor/scroll-there.ts";

/** Of positions. */
interface Range {
  from: number;
  to: number;
}

export interface Wanted {
  text: string;
  matchCase: boolean;
  wholeWord: boolean;
}

export const nothingWanted: Wanted = { text: "", matchCase: false, wholeWord: false };

/** Marks all matches, and selects the first one at or after the selection's start. */
export function find(view: EditorView, wanted: Wanted): void {
  look(view, wanted);
  const query = getSearchState(view.state)?.query;
  if (!query?.valid) return;
  const { from } = view.state.selection;
  const end = view.state.doc.content.size;
  const match = query.findNext(view.state, from, end) ?? query.findNext(view.state, 0, end);
  if (match) select(view, match.from, match.to);
}

/** Marks all matches, and moves nothing. */
export function look(view: EditorView, { text, matchCase, wholeWord }: Wanted): void {
  const query = new SearchQuery({ search: text, caseSensitive: matchCase, wholeWord, literal: true });
  view.dispatch(setSearchState(view.state.tr, query));
}

/** Takes the marks away; the last match stays selected. */
export function forget(view: EditorView): void {
  look(view, nothingWanted);
}

export function goToNext(view: EditorView): void {
  run(view, findNext);
}

export function goToPrevious(view: EditorView): void {
  run(view, findPrev);
}

/** Replaces the selected match and goes to the next; selects one first if none is. */
export function replaceOne(view: EditorView, replacement: string): void {
  const { selection } = view.state;
  if (countMatches(view.state).current > 0) replace(view, [selection], replacement);
  goToNext(view);
}

/** One step of undo. Answers how many there were. */
export function replaceEvery(view: EditorView, replacement: string): number {
  const all = matches(view.state);
  replace(view, all, replacement);
  return all.length;
}

/** How many matches there are, and which of them is selected, counted from 1; 0 if none is. */
export function countMatches(state: EditorState): { total: number; current: number } {
  const all = matches(state);
  const { from, to } = state.selection;
  return { total: all.length, current: all.findIndex((match) => match.from === from && match.to === to) + 1 };
}

/** The selected text if it is short enough to be looked for. */
export function selectedText({ doc, selection: { from, to, $from, $to } }: EditorState): string {
  return $from.sameParent($to) && to - from <= 200 ? doc.textBetween(from, to) : "";
}

function matches(state: EditorState): Range[] {
  return getMatchHighlights(state)
    .find()
    .toSorted((a, b) => a.from - b.from);
}

/** The new text looks as what it replaces did. */
function replace(view: EditorView, ranges: readonly Range[], replacement: string): void {
  const { tr, doc, schema } = view.state;
  for (const { from, to } of ranges.toReversed()) {
    const marks = doc.resolve(from).marksAcross(doc.resolve(to)) ?? [];
    if (replacement) tr.replaceWith(from, to, schema.text(replacement, marks));
    else tr.delete(from, to);
  }
  if (tr.docChanged) view.dispatch(tr.setMeta("intention", true));
}

function run(view: EditorView, command: Command): void {
  command(view.state, view.dispatch);
  show(view);
}

function select(view: EditorView, from: number, to: number): void {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)));
  show(view);
}

/** The focus is in the panel, where ProseMirror does not scroll to the selection by itself. */
function show(view: EditorView): void {
  const match = view.dom.querySelector(".ProseMirror-active-search-match");
  if (match) scrollThere(match, "center");
}

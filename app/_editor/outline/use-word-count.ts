// The count of words, kept up to date while nothing else is to be done: never while a key is on its way to the screen.
import { TextSelection } from "prosemirror-state";
import { useEffect, useState } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { type Count, countBetween, countDocument } from "#app/_editor/outline/word-count.ts";

export interface Counts {
  all: Count;
  /** Of the selected text; null without one. */
  selected: Count | null;
}

/** ms from a change to the count. */
const AFTER = 300;
/** ms after which it is counted although the browser is busy, and for which it counts then. */
const PATIENCE = 2_000;
const SLICE = 10;

/** Null until it is counted for the first time. */
export function useWordCount(handle: EditorHandle): Counts | null {
  const [counts, setCounts] = useState<Counts | null>(null);
  useEffect(() => {
    let cancel: (() => void) | null = null;
    const count = (until: number) => {
      cancel = null;
      const { doc, selection } = handle.getState();
      const all = countDocument(doc, until);
      const isSelected = selection instanceof TextSelection && !selection.empty;
      const selected = isSelected ? countBetween(doc, selection.from, selection.to, until) : null;
      if (!all || (isSelected && !selected)) cancel = whenIdle(count);
      else setCounts((before) => (isSame(before, { all, selected }) ? before : { all, selected }));
    };
    const soon = () => {
      if (cancel) return;
      const timer = setTimeout(() => {
        cancel = whenIdle(count);
      }, AFTER);
      cancel = () => clearTimeout(timer);
    };
    let counted = handle.getState();
    const onChange = () => {
      const state = handle.getState();
      if (state.doc !== counted.doc || !state.selection.eq(counted.selection)) soon();
      counted = state;
    };
    cancel = whenIdle(count);
    const unsubscribe = handle.subscribe(onChange);
    return () => {
      unsubscribe();
      cancel?.();
    };
  }, [handle]);
  return counts;
}

/** `run` is told until when it may take its time, in ms of performance.now(). Answers how to cancel. */
function whenIdle(run: (until: number) => void): () => void {
  // Safari has no idle callback.
  if (!window.requestIdleCallback) {
    const timer = setTimeout(() => run(performance.now() + SLICE), 50);
    return () => clearTimeout(timer);
  }
  const id = requestIdleCallback((idle) => run(performance.now() + Math.max(SLICE, idle.timeRemaining())), {
    timeout: PATIENCE,
  });
  return () => cancelIdleCallback(id);
}

function isSame(before: Counts | null, now: Counts): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}

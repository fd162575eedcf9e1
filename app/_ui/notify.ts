// Short messages from anywhere in the app. The library behind them is loaded with the first one: toaster.tsx.
"use client";

interface NotifyOptions {
  /** ms */
  duration?: number;
  action?: { label: string; onClick(): void };
}

export interface Notice extends NotifyOptions {
  text: string;
  isError: boolean;
}

type Show = (notice: Notice) => void;

let show: Show | null = null;
let onFirst: (() => void) | null = null;
const waiting: Notice[] = [];

export function notify(text: string, options?: NotifyOptions): void {
  pass({ text, isError: false, ...options });
}

export function notifyError(text: string): void {
  pass({ text, isError: true });
}

function pass(notice: Notice): void {
  if (show) {
    show(notice);
    return;
  }
  waiting.push(notice);
  onFirst?.();
}

/** For toaster.tsx: called back with the first message. Answers how to stop. */
export function onFirstNotice(callback: () => void): () => void {
  onFirst = callback;
  if (waiting.length > 0) callback();
  return () => {
    onFirst = null;
  };
}

/** For what shows messages: those that wait are shown at once. */
export function showBy(place: Show | null): void {
  show = place;
  if (place) for (const notice of waiting.splice(0)) place(notice);
}

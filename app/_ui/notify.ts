// Short messages from anywhere in the app. What shows them comes after the page (toaster.tsx): those that
// are earlier wait for it.
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
let callShower: (() => void) | null = null;
const waiting: Notice[] = [];

export function notify(text: string, options?: NotifyOptions): void {
  pass({ text, isError: false, ...options });
}

export function notifyError(text: string): void {
  pass({ text, isError: true });
}

function pass(notice: Notice): void {
  if (show) show(notice);
  else {
    waiting.push(notice);
    callShower?.();
  }
}

/** For what loads what shows messages: `listener` is called when one waits. Answers how to stop. */
export function onWaiting(listener: () => void): () => void {
  callShower = listener;
  return () => {
    callShower = null;
  };
}

/** For what shows messages: those that wait are shown at once. */
export function showBy(place: Show | null): void {
  show = place;
  if (place) for (const notice of waiting.splice(0)) place(notice);
}

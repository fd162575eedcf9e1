// Code that a page loads when it is first needed, and not before. What must work without a network as well is fetched
// ahead: one after the other while the browser has nothing to do, once the page has said that it is alive.
"use client";

/** Name of the mark. */
const FETCHED_AHEAD = "fetched ahead";

const ahead = new Set<() => Promise<unknown>>();

/** `load` with one attempt for all who ask, and another one after a failure; also fetched by `fetchAhead`. */
export function later<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  const once = () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };
  ahead.add(once);
  return once;
}

/** Fetches, in idle time, what is not here yet, and leaves a performance mark when it has. Answers what stops it. */
export function fetchAhead(): () => void {
  let isStopped = false;
  const next = ([load, ...rest]: (() => Promise<unknown>)[]) => {
    if (!load) {
      performance.mark(FETCHED_AHEAD);
      return;
    }
    whenIdle(() => {
      // What fails is asked for again when it is needed.
      if (!isStopped)
        void load()
          .then(ignore, ignore)
          .then(() => next(rest));
    });
  };
  next([...ahead]);
  return () => {
    isStopped = true;
  };
}

const ignore = () => {};

export function whenIdle(run: () => void): void {
  // Safari has no idle time to offer.
  if ("requestIdleCallback" in window) requestIdleCallback(run);
  else setTimeout(run, 200);
}

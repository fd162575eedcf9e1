// A component's view of the editor's state: it is drawn again only when what it asks for has changed, and not with
// every key.

import type { EditorState } from "prosemirror-state";
import { useCallback, useSyncExternalStore } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";

/**
 * `select` answers a primitive, or the same object for as long as nothing changed. Null without an editor. `every`: it
 * is asked at once and then at most every so many ms, for what takes long to work out.
 */
export function useEditorValue<T>(handle: EditorHandle | null, select: (state: EditorState) => T, every = 0): T | null {
  const subscribe = useCallback(
    (tell: () => void) => {
      if (!handle) return () => {};
      const { ask, stop } = atMostEvery(every, tell);
      const unsubscribe = handle.subscribe(every > 0 ? ask : tell);
      return () => {
        unsubscribe();
        stop();
      };
    },
    [handle, every],
  );
  const get = () => (handle ? select(handle.getState()) : null);
  return useSyncExternalStore(subscribe, get, () => null);
}

function atMostEvery(ms: number, act: () => void): { ask(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asked = false;
  const rest = () => {
    timer = null;
    if (asked) ask();
  };
  const ask = () => {
    asked = timer !== null;
    if (asked) return;
    timer = setTimeout(rest, ms);
    act();
  };
  return { ask, stop: () => timer !== null && clearTimeout(timer) };
}

// A component's view of the editor's state: it is drawn again only when what it asks for has changed, and not with
// every key.

import type { EditorState } from "prosemirror-state";
import { useSyncExternalStore } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";

const noSubscription = () => () => {};

/** `select` answers a primitive, or the same object for as long as nothing changed. Null without an editor. */
export function useEditorValue<T>(handle: EditorHandle | null, select: (state: EditorState) => T): T | null {
  const get = () => (handle ? select(handle.getState()) : null);
  return useSyncExternalStore(handle?.subscribe ?? noSubscription, get, () => null);
}

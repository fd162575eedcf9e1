// A mounted editor as the toolbar and the popovers see it: its view, and news about its state.
import type { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { createView, type ViewOptions } from "#app/_editor/create-view.ts";

export class EditorHandle {
  readonly view: EditorView;
  #state: EditorState;
  #listeners = new Set<() => void>();

  constructor(options: Omit<ViewOptions, "onState">) {
    this.view = createView({ ...options, onState: (state) => this.#changed(state) });
    this.#state = this.view.state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getState = (): EditorState => this.#state;

  destroy(): void {
    this.#listeners.clear();
    this.view.destroy();
  }

  #changed(state: EditorState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

// A mounted editor as the toolbar and the popovers see it: its view, and news about its state. News come at most once
// a frame: what others do, and where they are, changes several times in one, and nobody sees more than the last.
import type { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { createView, type ViewOptions } from "#app/_editor/create-view.ts";

export class EditorHandle {
  readonly view: EditorView;
  #state: EditorState;
  #listeners = new Set<() => void>();
  #frame = 0;

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
    cancelAnimationFrame(this.#frame);
    this.#listeners.clear();
    this.view.destroy();
  }

  #changed(state: EditorState): void {
    this.#state = state;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      for (const listener of this.#listeners) listener();
    });
  }
}

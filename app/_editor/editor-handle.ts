// A mounted editor as the toolbar and the popovers see it: its view, and news about its state. News of the text come at
// most once a frame: what others do, and where they are, changes several times in one, and nobody sees more than the
// last. What else the person does is told at once: a field that opens must have the focus before the next key.
import type { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { createView, type ViewOptions } from "#app/_editor/create-view.ts";

export class EditorHandle {
  readonly view: EditorView;
  #state: EditorState;
  #listeners = new Set<() => void>();
  #frame = 0;

  constructor(options: Omit<ViewOptions, "onState">) {
    this.view = createView({ ...options, onState: (state, isUrgent) => this.#changed(state, isUrgent) });
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

  #changed(state: EditorState, isUrgent: boolean): void {
    this.#state = state;
    if (isUrgent) this.#tell();
    else this.#frame ||= requestAnimationFrame(this.#tell);
  }

  #tell = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const listener of this.#listeners) listener();
  };
}

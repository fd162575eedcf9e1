// What a menu at the caret offers, and where it gets that from: one source for each sign that opens one.
import type { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

export interface Choice {
  id: string;
  title: string;
  group: string;
  /** Name in toolbar/icons.ts, or a character to show instead. */
  icon?: string;
  sign?: string;
  /** Said behind the title. */
  detail?: string;
  /** The key that does the same, in prosemirror-keymap notation. */
  shortcut?: string | undefined;
  /** Does what was chosen; what was typed is gone by then. */
  pick(view: EditorView): void;
}

export interface Source {
  /** What the ids of the listbox and its options start with. */
  id: string;
  /** Of the listbox, for screen readers. */
  label(): string;
  /** Matches the text before the caret; the first group is the query, and one character before it opened the menu. */
  pattern: RegExp;
  /** Letters of the query with which it opens. */
  least: number;
  /** A promise where the server is asked. Rejects with nothing that people need to know: then there is no match. */
  find(query: string, state: EditorState): Choice[] | Promise<Choice[]>;
}

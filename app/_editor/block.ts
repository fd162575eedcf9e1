// What one block or mark brings: its schema, keys, input rules, Markdown and toolbar entry. One object per file in
// blocks/; everything else in the editor is built from the list in blocks/index.ts. Nothing here may touch the DOM
// at import time: the export route uses the same objects in Node.
import type { InputRule } from "prosemirror-inputrules";
import type { MarkdownParser, MarkdownSerializer } from "prosemirror-markdown";
import type { Attrs, MarkSpec, NodeSpec, Schema } from "prosemirror-model";
import type { Command, EditorState } from "prosemirror-state";
import type { NodeViewConstructor } from "prosemirror-view";

/** A shortcut. `title` is what the help dialog and the tooltips call it; without one it is not listed. */
export interface Key {
  /** prosemirror-keymap notation, "Mod-b" */
  key: string;
  title?: string;
  command: Command;
}

/** A button of the toolbar, or an entry of its "Turn into" menu. */
export interface MenuEntry {
  id: string;
  title: string;
  /** Name in toolbar/icons.ts. */
  icon: string;
  place: "type" | "mark" | "align" | "list" | "insert" | "table";
  /** Other words by which the slash menu finds it, with spaces between. */
  synonyms?: string;
  command: Command;
  active(state: EditorState): boolean;
}

type NodeSerializer = MarkdownSerializer["nodes"][string];
type MarkSerializer = MarkdownSerializer["marks"][string];
type TokenSpec = MarkdownParser["tokens"][string];

interface Common {
  name: string;
  keys?(schema: Schema): Key[];
  inputRules?(schema: Schema): InputRule[];
  menu?(schema: Schema): MenuEntry[];
  /** markdown-it token type to prosemirror-markdown parse spec */
  markdownTokens?: Record<string, TokenSpec>;
}

export interface NodeBlock extends Common {
  kind: "node";
  node: NodeSpec;
  /** Absent only for nodes that never reach the serializer, such as the document itself. */
  toMarkdown?: NodeSerializer;
  view?: NodeViewConstructor;
  /** Makes attributes valid whenever a node is made, also one that another client wrote. Only where others' could do harm. */
  cleanAttrs?(attrs: Attrs): Attrs;
}

export interface MarkBlock extends Common {
  kind: "mark";
  mark: MarkSpec;
  toMarkdown: MarkSerializer;
}

export type Block = NodeBlock | MarkBlock;

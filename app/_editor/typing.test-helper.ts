// For tests only: an editor without a browser. Types characters through the input rules and keys through the keymap.
import { inputRules } from "prosemirror-inputrules";
import type { Node } from "prosemirror-model";
import { type Command, EditorState, type Plugin, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { blocks } from "#app/_editor/blocks/index.ts";
import { bindings, keyTable, noPage } from "#app/_editor/keys.ts";
import { parseMarkdown, serializeMarkdown } from "#app/_editor/markdown.ts";
import { schema } from "#app/_editor/schema.ts";

const commands = bindings(keyTable(schema, noPage));

export class TypingTest {
  state: EditorState;
  composing = false;
  readonly #rules: Plugin;

  constructor(markdown = "") {
    this.#rules = inputRules({ rules: blocks.flatMap((block) => block.inputRules?.(schema) ?? []) });
    this.state = EditorState.create({ doc: parseMarkdown(markdown), schema, plugins: [this.#rules] });
    this.end();
  }

  get doc(): Node {
    return this.state.doc;
  }

  get markdown(): string {
    return serializeMarkdown(this.state.doc);
  }

  end(): this {
    this.state = this.state.apply(this.state.tr.setSelection(TextSelection.atEnd(this.state.doc)));
    return this;
  }

  select(from: number, to: number): this {
    this.state = this.state.apply(this.state.tr.setSelection(TextSelection.create(this.state.doc, from, to)));
    return this;
  }

  /** "\n" is Enter. */
  type(text: string): this {
    for (const char of text) {
      if (char === "\n") this.press("Enter");
      else if (!this.#handled(char)) this.dispatch(this.state.tr.insertText(char));
    }
    return this;
  }

  press(key: string): this {
    const command = commands[key];
    if (!command) throw new Error(`no command for ${key}`);
    this.run(command);
    return this;
  }

  run(command: Command): boolean {
    return command(this.state, (tr) => this.dispatch(tr), this as unknown as EditorView);
  }

  dispatch = (tr: EditorState["tr"]): void => {
    this.state = this.state.apply(tr);
    this.state.doc.check();
  };

  /** Nothing is on a screen, so nothing is selected there. */
  readonly dom = { ownerDocument: { getSelection: () => null } };

  endOfTextblock(): boolean {
    return this.state.selection.$from.parentOffset === 0;
  }

  #handled(char: string): boolean {
    const { from, to } = this.state.selection;
    const view = this as unknown as EditorView;
    const handle = this.#rules.props.handleTextInput;
    return Boolean(handle?.call(this.#rules, view, from, to, char, () => this.state.tr));
  }
}

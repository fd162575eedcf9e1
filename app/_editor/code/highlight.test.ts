import { EditorState } from "prosemirror-state";
import { Decoration, type DecorationSet } from "prosemirror-view";
import { expect, test } from "vitest";
import { highlight, type Tokens } from "#app/_editor/code/highlight.ts";
import { tokensOf } from "#app/_editor/code/highlighter.ts";
import { parseMarkdown } from "#app/_editor/markdown.ts";
import { schema } from "#app/_editor/schema.ts";

const text = "one\n\n```ts\nconst a = 1\n```\n\ntwo\n\n```py\ndef f(): pass\n```\n\nend";

function started(tokens: Tokens) {
  const plugin = highlight();
  const state = EditorState.create({ schema, doc: parseMarkdown(text), plugins: [plugin] });
  return { plugin, state: state.apply(state.tr.setMeta(plugin, tokens)) };
}

function shown(state: EditorState): string[] {
  const set = state.plugins[0]?.props.decorations?.call(state.plugins[0], state) as DecorationSet;
  return set.find().map(({ from, to }) => state.doc.textBetween(from, to));
}

test("words of a known language have colours, those of an unknown one none", () => {
  expect(shown(started(tokensOf).state)).toEqual(expect.arrayContaining(["const", "1", "def", "f"]));
  expect(tokensOf("x", "no-such-language", 0)).toEqual([]);
});

test("only the block that a change touches is read again, also when the whole document is replaced", () => {
  const read: string[] = [];
  const counting: Tokens = (content, language, pos) => {
    read.push(content);
    return tokensOf(content, language, pos);
  };
  let { state } = started(counting);
  const before = shown(state);
  read.length = 0;
  state = state.apply(state.tr.insertText("zero ", 1));
  expect(read).toEqual([]);
  expect(shown(state)).toEqual(before);

  // As a change of somebody else comes: unchanged nodes are the same objects in a new document.
  const { doc } = state;
  const code = doc.child(1);
  const changed = doc.content.replaceChild(1, code.cut(0, 5));
  state = state.apply(state.tr.replaceWith(0, doc.content.size, changed));
  expect(read).toEqual(["const"]);
  expect(shown(state)).toEqual(["const", ...before.slice(2)]);
});

test("a block that becomes plain loses its colours", () => {
  let { state } = started((_content, _language, pos) => [Decoration.inline(pos + 1, pos + 3, {})]);
  expect(shown(state)).toEqual(["co", "de"]);
  state = state.apply(state.tr.setNodeAttribute(5, "language", null));
  expect(shown(state)).toEqual(["de"]);
});

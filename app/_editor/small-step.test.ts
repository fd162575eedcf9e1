// A change of the whole document, as the binding makes it, against the small step it becomes.
import { Fragment, type Node, Slice } from "prosemirror-model";
import { EditorState, NodeSelection, TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import { ySyncPluginKey } from "y-prosemirror";
import { parseMarkdown } from "#app/_editor/markdown.ts";
import { schema } from "#app/_editor/schema.ts";
import { asSmallStep } from "#app/_editor/small-step.ts";

/** What the binding dispatches when the document has become `after`. */
function remote(state: EditorState, after: Node) {
  const whole = new Slice(Fragment.from(after.content), 0, 0);
  return state.tr.replace(0, state.doc.content.size, whole).setMeta(ySyncPluginKey, { isChangeOrigin: true });
}

const stateOf = (markdown: string) => EditorState.create({ schema, doc: parseMarkdown(markdown) });

test.each([
  ["a letter", "one\n\ntwo\n\nthree", "one\n\ntwoo\n\nthree", [9, 9]],
  ["a paragraph less", "one\n\ntwo\n\nthree", "one\n\nthree", [5, 10]],
  ["another mark", "one\n\ntwo", "one\n\n**two**", [6, 9]],
  ["an item of a nested list", "* a\n  * b\n  * c", "* a\n  * b\n  * cc", [14, 14]],
  ["another kind of block", "one\n\ntwo\n\nthree", "one\n\n# two\n\nthree", [5, 10]],
])("%s: only that is replaced", (_name, before, after, [from, to]) => {
  const state = stateOf(before);
  const small = asSmallStep(state, remote(state, parseMarkdown(after)));
  expect(small.doc.toJSON()).toEqual(parseMarkdown(after).toJSON());
  const range: number[] = [];
  small.mapping.maps.forEach((map) => {
    map.forEach((start, end) => {
      range.push(start, end);
    });
  });
  expect(range).toEqual([from, to]);
});

test("a selected node stays selected while others write before it", () => {
  const doc = parseMarkdown("text\n\n---\n\nend");
  const state = EditorState.create({ schema, doc, selection: NodeSelection.create(doc, 6) });
  const small = asSmallStep(state, remote(state, parseMarkdown("more text\n\n---\n\nend")));
  expect(small.selection).toBeInstanceOf(NodeSelection);
  expect(small.selection.from).toBe(11);
});

test("a selected node that somebody else deletes leaves a caret nearby", () => {
  const doc = parseMarkdown("text\n\n---\n\nend");
  const state = EditorState.create({ schema, doc, selection: NodeSelection.create(doc, 6) });
  const small = asSmallStep(state, remote(state, parseMarkdown("text\n\nend")));
  expect(small.selection).toBeInstanceOf(TextSelection);
});

test("one's own transactions are left alone, and one without a change has no step", () => {
  const state = stateOf("one");
  const own = state.tr.insertText("x", 1);
  expect(asSmallStep(state, own)).toBe(own);
  expect(asSmallStep(state, remote(state, parseMarkdown("one"))).steps).toEqual([]);
});

test("any document becomes any other", () => {
  const parts = [
    "one",
    "# one",
    "two",
    "* a\n* b\n  * c",
    "> one\n>\n> * a",
    "```\nx\n```",
    "---",
    "- [ ] a",
    "👍🏽👍🏾",
  ];
  let seed = 7;
  const pick = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * n);
  };
  const random = () => parseMarkdown(Array.from({ length: 1 + pick(6) }, () => parts[pick(parts.length)]).join("\n\n"));
  let smaller = 0;
  for (let round = 0; round < 500; round++) {
    const state = EditorState.create({ schema, doc: random() });
    const after = random();
    const tr = remote(state, after);
    const small = asSmallStep(state, tr);
    expect(small.doc.eq(after)).toBe(true);
    small.doc.check();
    if (small !== tr) smaller++;
  }
  expect(smaller).toBe(500);
});

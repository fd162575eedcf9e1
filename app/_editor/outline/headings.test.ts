import type { Node } from "prosemirror-model";
import { expect, test } from "vitest";
import { parseMarkdown } from "#app/_editor/markdown.ts";
import { headingList, headingsOf } from "#app/_editor/outline/headings.ts";
import { schema } from "#app/_editor/schema.ts";

const text = "# One\n\ntext\n\n> ## Two *of* three\n>\n> > ### Deep\n\n#\n\n#### Last";

function heading(level: number, words: string): Node {
  return schema.node("heading", { level }, words ? [schema.text(words)] : []);
}

test("headings in their order, nested ones too, without the empty ones; each is where it says", () => {
  const doc = parseMarkdown(text);
  const found = headingsOf(doc);
  expect(found.map(({ level, text }) => `${level} ${text}`)).toEqual(["1 One", "2 Two of three", "3 Deep", "4 Last"]);
  for (const { pos, text } of found) expect(doc.nodeAt(pos)?.textContent).toBe(text);
});

test("positions follow what is written above, and the list stays the same object", () => {
  const before = schema.node("doc", null, [heading(1, "A"), heading(2, "B")]);
  const paragraph = schema.node("paragraph", null, [schema.text("more")]);
  const after = before.copy(before.content.addToStart(paragraph));
  expect(headingsOf(after).map(({ pos }) => pos)).toEqual(headingsOf(before).map(({ pos }) => pos + 6));
  const list = headingList(before, []);
  expect(headingList(after, list)).toBe(list);
});

test.each([
  ["another text", [heading(1, "A"), heading(2, "C")]],
  ["another level", [heading(1, "A"), heading(3, "B")]],
  ["one more", [heading(1, "A"), heading(2, "B"), heading(2, "B")]],
  ["one less", [heading(1, "A")]],
])("%s is news", (_what, headings) => {
  const list = headingList(schema.node("doc", null, [heading(1, "A"), heading(2, "B")]), []);
  const next = headingList(schema.node("doc", null, headings), list);
  expect(next).not.toBe(list);
  expect(next.map(({ text }) => text)).toEqual(headings.map((node) => node.textContent));
});

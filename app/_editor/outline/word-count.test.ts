import { expect, test } from "vitest";
import { parseMarkdown } from "#app/_editor/markdown.ts";
import { countBetween, countDocument, countText, readingTime } from "#app/_editor/outline/word-count.ts";

const enough = Number.POSITIVE_INFINITY;

test.each([
  ["", 0, 0],
  ["   ", 0, 3],
  ["one", 1, 3],
  ["Don't panic, it's a well-known case: 3.5 % — fine", 8, 49],
  ["Größe naïve", 2, 11],
  ["e\u0301te\u0301", 1, 3],
  ["👩‍👩‍👧 🇩🇪 ok", 1, 6],
  ["人工知能は便利です。", 5, 10],
  ["สวัสดีครับ", 2, 7],
  ["한국어 문장입니다", 2, 9],
  ["mixed 日本 text", 3, 13],
])("%j", (text, words, characters) => {
  expect(countText(text)).toEqual({ words, characters });
});

test("blocks are apart, a line break separates words, and lists and quotes count", () => {
  const doc = parseMarkdown("# A title\n\nline one\\\nline two\n\n* item\n\n  > cited words");
  expect(countDocument(doc, enough)).toEqual({ words: 9, characters: 7 + 17 + 4 + 11 });
});

test("a selection across blocks: parts at its ends, whole blocks between", () => {
  const doc = parseMarkdown("first paragraph\n\nthe middle one\n\nlast words here");
  const from = 1 + "first ".length;
  const to = doc.content.size - 1 - " words here".length;
  expect(countBetween(doc, from, to, enough)).toEqual({ words: 5, characters: 9 + 14 + 4 });
  expect(countBetween(doc, 0, doc.content.size, enough)).toEqual(countDocument(doc, enough));
});

test("without time there is no answer, and what was counted before needs none", () => {
  const doc = parseMarkdown("some words\n\n* in a list");
  expect(countDocument(doc, 0)).toBeNull();
  expect(countBetween(doc, 0, doc.content.size, 0)).toBeNull();
  const count = countDocument(doc, enough);
  expect(countDocument(doc, 0)).toEqual(count);
});

test.each([
  [0, 1],
  [230, 1],
  [400, 2],
  [23_000, 100],
])("%i words are %i min to read", (words, minutes) => {
  expect(readingTime({ words, characters: 0 })).toBe(minutes);
});

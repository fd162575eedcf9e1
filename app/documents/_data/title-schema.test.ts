import { expect, test } from "vitest";
import { cleanTitle } from "./title.ts";
import { titleSchema } from "./title-schema.ts";

test.each([
  ["  Budget  2031 ", "Budget 2031"],
  ["two\nlines\tand tabs", "two lines and tabs"],
  ["two\u2028lines", "two lines"],
  ["abc\u202etxt.exe", "abctxt.exe"],
  ["\u2066hidden\u2069 \u061cmarks\u200f", "hidden marks"],
  ["bell\u0007 and NUL\u0000", "bell and NUL"],
  ["half a \ud83d smile", "half a smile"],
  ["un\u200bseen\ufeff", "unseen"],
  ["a \u200b b", "a b"],
  ["\u200b\u2060", ""],
  ["   ", ""],
  ["Größe 文書 📄", "Größe 文書 📄"],
  ["👩‍👩‍👧 می‌خواهم", "👩‍👩‍👧 می‌خواهم"],
])("%j becomes %j", (given, expected) => {
  expect(cleanTitle(given)).toBe(expected);
});

test("cleaning twice changes nothing more", () => {
  const odd = " \u200b a\u2028\u0000 \ufeff b\u202e ";
  expect(cleanTitle(cleanTitle(odd))).toBe(cleanTitle(odd));
});

test("the limit counts what is stored", () => {
  expect(titleSchema.safeParse(` ${"x".repeat(200)} `).success).toBe(true);
  expect(titleSchema.safeParse("x".repeat(201)).success).toBe(false);
});

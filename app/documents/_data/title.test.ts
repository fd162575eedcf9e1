import { expect, test } from "vitest";
import { cleanTitle, titleSchema } from "./title.ts";

test.each([
  ["  Budget  2031 ", "Budget 2031"],
  ["two\nlines\tand tabs", "two lines and tabs"],
  ["abc\u202etxt.exe", "abctxt.exe"],
  ["bell\u0007", "bell"],
  ["   ", ""],
  ["Größe 文書 📄", "Größe 文書 📄"],
])("%j becomes %j", (given, expected) => {
  expect(cleanTitle(given)).toBe(expected);
});

test("the limit counts what is stored", () => {
  expect(titleSchema.safeParse(` ${"x".repeat(200)} `).success).toBe(true);
  expect(titleSchema.safeParse("x".repeat(201)).success).toBe(false);
});

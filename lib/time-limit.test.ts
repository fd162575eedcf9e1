import { expect, test } from "vitest";
import { withinTime } from "./time-limit.ts";

test("what ends is answered, what throws is thrown", () => {
  const answer = { some: "answer" };
  expect(withinTime(1_000, () => answer)).toBe(answer);
  const error = new Error("of its own");
  expect(() =>
    withinTime(1_000, () => {
      throw error;
    }),
  ).toThrow(error);
});

test("what does not end is stopped, also in an expression, and cannot help it", () => {
  let isHandled = false;
  const started = performance.now();
  expect(() =>
    withinTime(50, () => {
      try {
        for (;;) /^(a|a)*$/.test(`${"a".repeat(30)}b`);
      } catch {
        isHandled = true;
      }
    }),
  ).toThrow(expect.objectContaining({ code: "out-of-time" }));
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(isHandled).toBe(false);
  expect(withinTime(1_000, () => 1)).toBe(1);
});

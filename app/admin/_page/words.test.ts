import { expect, test } from "vitest";
import { duration, ranges, size } from "./words.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [9_960, "10 kB"],
  [999_600, "1.0 MB"],
  [34_000_000, "34 MB"],
])("%i bytes are %s", (bytes, text) => expect(size(bytes, "en")).toBe(text));

test.each([
  [0, "0 ms"],
  [40.4, "40 ms"],
  [3_200, "3.2 s"],
  [59_000, "59 s"],
  [300_000, "5 min"],
  [7_200_000, "2 h"],
  [259_200_000, "3 d"],
])("%d ms are %s", (ms, text) => expect(duration(ms, "en")).toBe(text));

test("numbers in a row stand together", () => {
  expect(ranges([3, 0, 1, 2, 7, 10, 9])).toBe("0–3, 7, 9–10");
  expect(ranges([])).toBe("");
});

test("with the separators of the language", () => {
  expect([size(1_200, "de"), duration(3_200, "de")]).toEqual(["1,2 kB", "3,2 s"]);
});

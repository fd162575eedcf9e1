// What our reader of messages understands, what it refuses, and that components in the browser use it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createElement, Fragment } from "react";
import { expect, test } from "vitest";
import { readMessage } from "./message.ts";
import { translatorOf } from "./translator.ts";

const words = translatorOf("en", {
  plain: "Write together",
  inside: { deep: "Hello {name}" },
  count: "{n, plural, =0 {None} one {# file of {who}} other {<b>#</b> files}}",
  number: "{n, number} people",
  rich: "Open <b>{title}</b> <br></br>now",
});

test("arguments, plurals, numbers, tags", () => {
  expect(words("plain")).toBe("Write together");
  expect(words("inside.deep", { name: "Ana {x} <b>" })).toBe("Hello Ana {x} <b>");
  expect(words("count", { n: 0 })).toBe("None");
  expect(words("count", { n: 1, who: "Ben" })).toBe("1 file of Ben");
  expect(words("count", { n: 1200 })).toBe("1,200 files");
  expect(words("number", { n: 12_345 })).toBe("12,345 people");
});

test("elements where there are tags, text where there are none", () => {
  const bold = (inside: unknown) => createElement("b", null, inside as string);
  expect(words.rich("plain")).toBe("Write together");
  expect(words.rich("rich", { title: "Plan", b: bold, br: () => createElement("br") })).toEqual(
    createElement(Fragment, null, "Open ", createElement("b", null, "Plan"), " ", createElement("br"), "now"),
  );
});

test("a key that is not there is said as it is, also one that every object has", () => {
  expect(words("nothing.here" as never)).toBe("nothing.here");
  expect(words("constructor" as never)).toBe("constructor");
  expect(words.has("inside.deep")).toBe(true);
  expect(words.has("inside")).toBe(false);
});

test.each([
  "{a, select, x {1} other {2}}",
  "{a, date}",
  "{a, plural, one {1}}",
  "{a, plural, offset:1 other {1}}",
  "it''s",
  "'{a}'",
  "{a",
  "a}",
  "<b>a",
  "<b>a</i>",
  "a < b",
])("%j is none of our messages", (message) => {
  expect(() => readMessage(message)).toThrow("Not a message");
});

test("no component of the browser brings next-intl's reader along", () => {
  const app = fileURLToPath(new URL("..", import.meta.url));
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  const found = files.filter((file) => {
    const source = readFileSync(join(app, file), "utf8");
    return /^"use client"/m.test(source) && /^import (?!type\b).*"(next-intl|use-intl)/m.test(source);
  });
  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

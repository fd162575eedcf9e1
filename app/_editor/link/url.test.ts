import { describe, expect, test } from "vitest";
import { docFromHtml, htmlFromDoc } from "#app/_editor/dom.test-helper.ts";
import { pastedUrl, safeUrl, typedUrl } from "#app/_editor/link/url.ts";
import { parseMarkdown } from "#app/_editor/markdown.ts";
import { schema } from "#app/_editor/schema.ts";

const bad = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\tscript:alert(1)",
  "java\nscript:alert(1)",
  "\u0001javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "blob:https://example.org/1",
  "//evil.example",
  "\\\\evil.example",
  "/\\evil.example",
  "relative",
  "",
  null,
  undefined,
  7,
];

test.each(bad)("%j is refused", (url) => {
  expect(safeUrl(url)).toBeNull();
});

test.each([
  "https://example.org/a?b#c",
  "http://localhost:3000",
  "mailto:a@b.c",
  "tel:+123",
  "/documents/1",
  "#part",
  "?a=1",
])("%s is allowed", (url) => {
  expect(safeUrl(url)).toBe(url);
});

test("typing adds the scheme that people leave out", () => {
  expect(typedUrl("example.org/a")).toBe("https://example.org/a");
  expect(typedUrl("ana@example.org")).toBe("mailto:ana@example.org");
  expect(typedUrl("javascript:alert(1)")).toBeNull();
  expect(typedUrl("two words")).toBeNull();
});

test("only a single address counts as a pasted one", () => {
  expect(pastedUrl(" https://example.org \n")).toBe("https://example.org");
  expect(pastedUrl("see https://example.org")).toBeNull();
  expect(pastedUrl("example.org")).toBeNull();
});

describe("no way in leads to a script", () => {
  const hrefs = bad.filter((url) => typeof url === "string" && url !== "") as string[];

  test.each(hrefs)("HTML and Markdown: %j", (url) => {
    const html = htmlFromDoc(docFromHtml(`<p><a href="${url.replaceAll('"', "&quot;")}">x</a></p>`));
    expect(html).not.toContain("href");
    const markdown = htmlFromDoc(parseMarkdown(`[x](<${url.replace("\n", "")}>)`));
    expect([...markdown.matchAll(/href="([^"]*)"/g)].every(([, href]) => safeUrl(href) !== null)).toBe(true);
  });

  test("another client's document", () => {
    const mark = schema.mark("link", { href: "javascript:alert(1)", title: null });
    const html = htmlFromDoc(schema.node("doc", null, schema.node("paragraph", null, schema.text("x", [mark]))));
    expect(html).not.toContain("javascript");
  });

  test("links leave without a referrer", () => {
    expect(htmlFromDoc(parseMarkdown("[x](https://example.org)"))).toContain('rel="noopener noreferrer nofollow"');
  });
});

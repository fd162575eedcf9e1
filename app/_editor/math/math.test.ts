// KaTeX's limits, formulas pasted from elsewhere, and dollars that are none.
import katex from "katex";
import { expect, test } from "vitest";
import { docFromHtml } from "#app/_editor/dom.test-helper.ts";
import { parseMarkdown, serializeMarkdown } from "#app/_editor/markdown.ts";
import { withinTime } from "#lib/time-limit.ts";

test("a formula of KaTeX or MathML keeps its TeX when it is pasted", () => {
  const inline = docFromHtml(`<p>a ${katex.renderToString("x^2")} b</p>`);
  expect(serializeMarkdown(inline)).toBe("a $x^2$ b");
  const block = docFromHtml(`<p>a</p>${katex.renderToString("x^2", { displayMode: true })}<p>b</p>`);
  expect(serializeMarkdown(block)).toBe("a\n\n$$\nx^2\n$$\n\nb");
});

test.each([
  ["costs $5 and $6", 0],
  ["\\$x\\$", 0],
  ["`$x$`", 0],
  ["$x$ and $`a$b`$", 2],
  ["$ x $", 0],
])("%j has %i formulas", (markdown, count) => {
  let found = 0;
  parseMarkdown(markdown).descendants((node) => {
    if (node.type.name === "math_inline") found += 1;
  });
  expect(found).toBe(count);
});

test.each([
  ["$`a`$", "a"],
  ["$``a`b``$", "a`b"],
  ["$```a``$", "`a"],
  ["$`a`b`$", "a`b"],
  ["$`a\nb`$", null],
  ["$``$ `$", "`$ "],
  ["$``$ a`$", "`$ a"],
])("%j is %j between backticks", (markdown, source) => {
  let found: string | null = null;
  parseMarkdown(markdown).descendants((node) => {
    if (node.type.name === "math_inline") found = node.textContent;
  });
  expect(found).toBe(source);
});

test("backticks that open a formula and close none are read within the time that an import has", () => {
  expect(() => withinTime(3_000, () => parseMarkdown(`$${"`".repeat(100_000)}`))).not.toThrow();
});

test("a block on one line, unclosed, and in a quote", () => {
  expect(serializeMarkdown(parseMarkdown("$$x$$"))).toBe("$$\nx\n$$");
  expect(serializeMarkdown(parseMarkdown("$$\nx\n\ny"))).toBe("$$\nx\n\ny\n$$");
  expect(serializeMarkdown(parseMarkdown("> $$\n> x\n> $$\n>\n> y"))).toBe("> $$\n> x\n> $$\n>\n> y");
});

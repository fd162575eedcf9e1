import { expect, test } from "vitest";
import { prosemirrorToYDoc } from "y-prosemirror";
import * as Y from "yjs";
import { type FormatName, formats } from "#app/_editor/export/formats.ts";
import { exportSource } from "#app/_editor/export/source.ts";
import { parseMarkdown } from "#app/_editor/markdown.ts";
import { FRAGMENT } from "#app/_editor/schema.ts";

const text =
  "## Part\n\nA **bold** <tag> & more.\n\n- [x] done\n- [ ] open\n\n3. c\n4. d\n   * e\n\n```ts\na < b\n```\n\n---";

function exported(format: FormatName, markdown = text, title = "A & <b>"): string {
  const update = markdown ? Y.encodeStateAsUpdate(prosemirrorToYDoc(parseMarkdown(markdown), FRAGMENT)) : null;
  return formats[format].convert(exportSource(title, update));
}

test("html is a whole page, escaped", () => {
  const html = exported("html");
  expect(html).toMatch(/^<!doctype html>\n<html>/);
  expect(html).toContain("<title>A &#38; &#60;b&#62;</title>");
  expect(html).toContain("<strong>bold</strong> &lt;tag&gt; &amp; more.");
  expect(html).toMatch(/<li [^>]*data-checked="true"[^>]*><input (?=[^>]*checked)(?=[^>]*disabled)/);
  expect(html).toMatch(/<li [^>]*data-checked="false"[^>]*><input (?![^>]*checked )/);
  expect(html).toMatch(/<ol [^>]*start="3"/);
});

test("markdown comes back as the same document, below its title", () => {
  expect(exported("markdown").replace("# A & \\<b\\>\n\n", "").replace("# A & <b>\n\n", "")).toBe(
    `${text.replace("<tag>", "\\<tag\\>")}\n`.replaceAll("\\<", "<").replaceAll("\\>", ">"),
  );
});

test("text has an empty line between blocks and signs before items", () => {
  expect(exported("text")).toBe(
    "A & <b>\n\nPart\n\nA bold <tag> & more.\n\n[x] done\n[ ] open\n\n3. c\n4. d\n   - e\n\na < b\n\n* * *\n",
  );
});

test("formulas and diagrams show their source", () => {
  const heavy = "a $x^2<3$ b\n\n$$\ny\n$$\n\n```mermaid\npie\n```";
  expect(exported("text", heavy, "")).toBe("a x^2<3 b\n\ny\n\npie\n");
  expect(exported("html", heavy)).toMatch(/<code (?=[^>]*data-math="inline")[^>]*>x\^2&lt;3<\/code>/);
  expect(exported("markdown", heavy, "")).toBe(`${heavy}\n`);
  expect(exported("xml", heavy)).toContain("<math_inline>x^2&#60;3</math_inline>");
});

test("json is the editor's own", () => {
  expect(JSON.parse(exported("json"))).toEqual({ title: "A & <b>", doc: parseMarkdown(text).toJSON() });
});

test("xml is well formed", () => {
  const xml = exported("xml");
  expect(xml).toContain('<heading level="2">Part</heading>');
  expect(xml).toContain("A <strong>bold</strong> &#60;tag&#62; &#38; more.");
});

test.each(Object.keys(formats) as FormatName[])("an empty document exports as an empty one: %s", (format) => {
  const empty = exported(format, "", "");
  expect(empty.length).toBeLessThan(1500);
  expect(empty).not.toContain("undefined");
});

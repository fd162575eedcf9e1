import { expect, test } from "vitest";
import { prosemirrorToYDoc } from "y-prosemirror";
import * as Y from "yjs";
import { type FormatName, formats } from "#app/_editor/export/formats.ts";
import { exportSource } from "#app/_editor/export/source.ts";
import { fromDocx } from "#app/_editor/import/docx.ts";
import { parseMarkdown } from "#app/_editor/markdown.ts";
import { FRAGMENT } from "#app/_editor/schema.ts";

const text =
  "## Part\n\nA **bold** <tag> & more.\n\n- [x] done\n- [ ] open\n\n3. c\n4. d\n   * e\n\n```ts\na < b\n```\n\n---";

async function exported(format: FormatName, markdown = text, title = "A & <b>"): Promise<string> {
  const update = markdown ? Y.encodeStateAsUpdate(prosemirrorToYDoc(parseMarkdown(markdown), FRAGMENT)) : null;
  const body = await formats[format].convert(exportSource(title, update));
  return typeof body === "string" ? body : (await fromDocx(body)).doc.textContent;
}

test("html is a whole page, escaped", async () => {
  const html = await exported("html");
  expect(html).toMatch(/^<!doctype html>\n<html>/);
  expect(html).toContain("<title>A &#38; &#60;b&#62;</title>");
  expect(html).toContain("<strong>bold</strong> &lt;tag&gt; &amp; more.");
  expect(html).toMatch(/<li [^>]*data-checked="true"[^>]*><input (?=[^>]*checked)(?=[^>]*disabled)/);
  expect(html).toMatch(/<li [^>]*data-checked="false"[^>]*><input (?![^>]*checked )/);
  expect(html).toMatch(/<ol [^>]*start="3"/);
});

test("markdown comes back as the same document, below its title", async () => {
  const markdown = await exported("markdown");
  expect(markdown).toBe(`# A & \\<b>\n\n${text.replace("<tag>", "\\<tag>")}\n`);
  const [title, ...rest] = parseMarkdown(markdown).children;
  expect(title?.textContent).toBe("A & <b>");
  expect(rest.map((node) => node.toJSON())).toEqual(parseMarkdown(text).toJSON().content);
});

test("text has an empty line between blocks and signs before items", async () => {
  expect(await exported("text")).toBe(
    "A & <b>\n\nPart\n\nA bold <tag> & more.\n\n[x] done\n[ ] open\n\n3. c\n4. d\n   - e\n\na < b\n\n* * *\n",
  );
});

test("formulas and diagrams show their source", async () => {
  const heavy = "a $x^2<3$ b\n\n$$\ny\n$$\n\n```mermaid\npie\n```";
  expect(await exported("text", heavy, "")).toBe("a x^2<3 b\n\ny\n\npie\n");
  expect(await exported("html", heavy)).toMatch(/<code (?=[^>]*data-math="inline")[^>]*>x\^2&lt;3<\/code>/);
  expect(await exported("markdown", heavy, "")).toBe(`${heavy}\n`);
  expect(await exported("xml", heavy)).toContain("<math_inline>x^2&#60;3</math_inline>");
});

test("json is the editor's own", async () => {
  expect(JSON.parse(await exported("json"))).toEqual({ title: "A & <b>", doc: parseMarkdown(text).toJSON() });
});

test("xml is well formed", async () => {
  const xml = await exported("xml");
  expect(xml).toContain('<heading level="2">Part</heading>');
  expect(xml).toContain("A <strong>bold</strong> &#60;tag&#62; &#38; more.");
});

test.each(Object.keys(formats) as FormatName[])("an empty document exports as an empty one: %s", async (format) => {
  const empty = await exported(format, "", "");
  expect(empty.length).toBeLessThan(4000);
  expect(empty).not.toContain("undefined");
});

test("pictures come along in the page; one that cannot be had leaves its words", async () => {
  const [here, gone] = ["0b7d9a2e-6d0c-4b7e-9a53-1f2e3d4c5b6a", "1b7d9a2e-6d0c-4b7e-9a53-1f2e3d4c5b6a"];
  const markdown = `![a map](/api/files/${here})\n\n![a plan](/api/files/${gone})`;
  const update = Y.encodeStateAsUpdate(prosemirrorToYDoc(parseMarkdown(markdown), FRAGMENT));
  const pictures = new Map([[here, { type: "image/png", bytes: new Uint8Array([1, 2, 3]) }]]);
  const html = String(await formats.html.convert({ ...exportSource("", update), pictures }));
  expect(html).toMatch(/<img (?=[^>]*src="data:image\/png;base64,AQID")(?=[^>]*alt="a map")/);
  expect(html).toMatch(/<img (?=[^>]*alt="a plan")(?![^>]*src=)/);
  expect(html).not.toContain("/api/files/");
});

test("a collapsible is a <details> in the page, open and with its first block as the summary", async () => {
  const html = await exported("html", "<details>\n<summary>**Title**</summary>\n\nbody\n\n</details>");
  expect(html).toMatch(
    /<details open(="")?><summary><p [^>]*><strong>Title<\/strong><\/p><\/summary><p [^>]*>body<\/p><\/details>/,
  );
});

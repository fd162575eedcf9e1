// Word files, read back: by another library, and as the XML that Word reads.

import { inflateRawSync } from "node:zlib";
import { Node, Schema } from "prosemirror-model";
import { expect, test } from "vitest";
import { toDocx } from "#app/_editor/export/docx.ts";
import { exportSource } from "#app/_editor/export/source.ts";
import { fromDocx } from "#app/_editor/import/docx.ts";
import { listZip } from "#app/_editor/import/zip.ts";
import { parseMarkdown, serializeMarkdown } from "#app/_editor/markdown.ts";
import { schema } from "#app/_editor/schema.ts";

const source = (doc: Node, title = "") => ({ ...exportSource(title, null), doc });

/** What another program finds in the file. */
async function readBack(markdown: string): Promise<string> {
  const { doc } = await fromDocx(await toDocx(source(parseMarkdown(markdown))));
  return serializeMarkdown(doc);
}

async function xmlOf(doc: Node, title?: string, part = "word/document.xml"): Promise<string> {
  const entry = listZip(await toDocx(source(doc, title)))?.find(({ name }) => name === part);
  if (!entry) throw new Error(`no ${part} in the file`);
  return (entry.method === 8 ? inflateRawSync(entry.packed) : Buffer.from(entry.packed)).toString("utf8");
}

test.each([
  ["headings", "# One\n\n## Two\n\n### Three\n\n#### Four"],
  ["marks", "**bold** *slanted* <u>under</u> ~~gone~~ `code` ***both***"],
  ["a link", "see [this](https://example.org/a?b=1&c=2) and"],
  ["lists in lists", "* a\n  1. one\n  2. two\n* b"],
  ["a quote", "> quoted\n\nnot"],
  ["code", "```\nif (a < b) {\n\n  c();\n```"],
  ["a line break", "one\\\ntwo"],
])("%s arrive as what they are", async (_, markdown) => {
  expect(await readBack(markdown)).toBe(markdown);
});

test("tasks show their boxes", async () => {
  expect(await readBack("- [x] done\n- [ ] open")).toMatch(/☑\s+done\n\n☐\s+open/);
});

test("every numbered list counts for itself, from its own number", async () => {
  const doc = parseMarkdown("3. c\n4. d\n\nbetween\n\n1. a");
  const xml = await xmlOf(doc);
  const used = [...xml.matchAll(/<w:numId w:val="(\d+)"\/>/g)].map(([, id]) => id);
  expect(used).toHaveLength(3);
  expect(used[0]).toBe(used[1]);
  expect(used[2]).not.toBe(used[0]);
  expect(await xmlOf(doc, "", "word/numbering.xml")).toContain('<w:start w:val="3"/>');
});

test("the title is Word's title, and the text is escaped", async () => {
  const xml = await xmlOf(parseMarkdown("a \\<b> & c"), 'A "title" & <more>\u0001');
  expect(xml).toMatch(/<w:pStyle w:val="Title"\/>.*A &quot;title&quot; &amp; &lt;more&gt;<\/w:t>/);
  expect(xml).toContain("a &lt;b&gt; &amp; c");
});

test("only a safe, whole address becomes a link", async () => {
  const link = (href: string) => schema.text(href, [schema.mark("link", { href })]);
  const doc = schema.node("doc", null, [
    schema.node("paragraph", null, [link("javascript:alert(1)"), link("/documents/1"), link("https://a.b/")]),
  ]);
  expect((await xmlOf(doc)).match(/<w:hyperlink /g)).toHaveLength(1);
  const relations = await xmlOf(doc, "", "word/_rels/document.xml.rels");
  expect(relations).toContain('Target="https://a.b/"');
  expect(relations).not.toContain("javascript");
});

test("right-to-left paragraphs are marked", async () => {
  const xml = await xmlOf(parseMarkdown("1 مرحبا\n\nhello"));
  expect(xml.match(/<w:bidi\/>/g)).toHaveLength(1);
});

/** Nodes as they may come to the schema later. */
const wider = new Schema({
  nodes: schema.spec.nodes
    .addToEnd("table", { group: "block", content: "table_row+" })
    .addToEnd("table_row", { content: "(table_cell | table_header)+" })
    .addToEnd("table_cell", cell())
    .addToEnd("table_header", cell())
    .addToEnd("aside", { group: "block", content: "block+" })
    .addToEnd("gadget", { group: "block", atom: true, attrs: { alt: { default: "" } } })
    .addToEnd("chip", { group: "inline", inline: true, atom: true, attrs: { label: { default: "" } } }),
  marks: schema.spec.marks,
});

function cell() {
  return {
    content: "block+",
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
  };
}

test("a table is a table, with its spans and its header", async () => {
  const p = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
  const of = (type: string, text: string, attrs = {}) => ({ type, attrs, content: [p(text)] });
  const row = (...content: unknown[]) => ({ type: "table_row", content });
  const table = {
    type: "table",
    content: [
      row(
        of("table_header", "Name", { colspan: 2, colwidth: [100, 200] }),
        of("table_header", "Sum", { colwidth: [80] }),
      ),
      row(of("table_cell", "a", { rowspan: 2 }), of("table_cell", "b"), of("table_cell", "c")),
      row(of("table_cell", "d"), of("table_cell", "e")),
    ],
  };
  const xml = await xmlOf(Node.fromJSON(wider, { type: "doc", content: [table, table] }));
  expect(xml.match(/<w:tbl>/g)).toHaveLength(2);
  expect(xml).toMatch(/<\/w:tbl><w:p[ />]/);
  expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(2);
  expect(xml).toContain('<w:gridSpan w:val="2"/>');
  expect(xml).toContain('<w:vMerge w:val="restart"/>');
  expect(xml).toContain('<w:gridCol w:w="3000"/>');
  for (const text of ["Name", "Sum", "a", "b", "c", "d", "e"]) expect(xml).toContain(`>${text}</w:t>`);
});

test("what is not known is written by its text", async () => {
  const content = [
    { type: "aside", content: [{ type: "paragraph", content: [{ type: "text", text: "aside" }] }] },
    { type: "gadget", attrs: { alt: "a gadget" } },
    { type: "paragraph", content: [{ type: "chip", attrs: { label: "Ana" } }] },
  ];
  const xml = await xmlOf(Node.fromJSON(wider, { type: "doc", content }));
  for (const text of ["aside", "a gadget", "Ana"]) expect(xml).toContain(`>${text}</w:t>`);
});

test("an item that begins with another block has its sign, and lists go as deep as they like", async () => {
  let doc = parseMarkdown("* a");
  for (let i = 0; i < 12; i++) {
    const { firstChild } = doc;
    if (firstChild)
      doc = schema.node("doc", null, [
        schema.node("bullet_list", null, [schema.node("list_item", null, [firstChild])]),
      ]);
  }
  const levels = [...(await xmlOf(doc)).matchAll(/<w:ilvl w:val="(\d+)"\/>/g)].map(([, level]) => Number(level));
  expect(levels).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8]);
});

test("a picture comes along, half as wide as the text, with its words; without its bytes the words stay", async () => {
  const file = "0b7d9a2e-6d0c-4b7e-9a53-1f2e3d4c5b6a";
  const doc = parseMarkdown(
    `<figure style="width: 50%">\n\n![A map](/api/files/${file} "600×300")\n\nWhere\n\n</figure>`,
  );
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const pictures = new Map([[file, { type: "image/png", bytes: new Uint8Array(png) }]]);
  const bytes = await toDocx({ ...source(doc), pictures });
  expect(listZip(bytes)?.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^word\/media\/.+\.png$/));
  const document = listZip(bytes)?.find(({ name }) => name === "word/document.xml");
  const xml = inflateRawSync(document?.packed ?? new Uint8Array()).toString("utf8");
  expect(xml).toMatch(/descr="A map"/);
  // 300 × 150 px in English Metric Units.
  expect(xml).toMatch(/<wp:extent cx="2857500" cy="1428750"/);
  expect(xml).toContain("Where");
  expect(await xmlOf(doc)).toContain("[A map]");
});

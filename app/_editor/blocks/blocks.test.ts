// Every block survives every way out and back in: JSON, HTML, Markdown, Yjs.
import { createHash } from "node:crypto";
import { Node } from "prosemirror-model";
import { describe, expect, test } from "vitest";
import { prosemirrorToYDoc, yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import { blocks } from "#app/_editor/blocks/index.ts";
import { docFromHtml, htmlFromDoc } from "#app/_editor/dom.test-helper.ts";
import { parseMarkdown, serializeMarkdown } from "#app/_editor/markdown.ts";
import { FRAGMENT, fingerprint, schema } from "#app/_editor/schema.ts";
import { SCHEMA_VERSION } from "#lib/protocol.ts";

const p = (...content: unknown[]) => ({ type: "paragraph", content });
const t = (text: string, ...marks: unknown[]) => ({ type: "text", text, ...(marks.length ? { marks } : {}) });
const item = (type: string, attrs: object | undefined, ...content: unknown[]) => ({
  type,
  ...(attrs ? { attrs } : {}),
  content,
});
const math = (source: string) => ({ type: "math_inline", content: [t(source)] });
const nested = item("bullet_list", undefined, item("list_item", undefined, p(t("inner"))));

const cell = { colspan: 1, rowspan: 1, colwidth: null };
/** The first row's kinds of cell, and the rows. */
const table = (header: string[], ...rows: unknown[][]) => ({
  type: "table",
  content: rows.map((row, index) => ({
    type: "table_row",
    content: row.map((block, column) => item(index === 0 ? (header[column] ?? "") : "table_cell", cell, block)),
  })),
});

const picture = { file: "0b7d9a2e-6d0c-4b7e-9a53-1f2e3d4c5b6a", pixelWidth: 1200, pixelHeight: 800 };

/** One document for each block that can stand in one, by the block's name. */
const samples: Record<string, unknown[]> = {
  doc: [p(t("one")), p(t("two"))],
  text: [p(t("1. not a list, *not* emphasis, `no code`, [no](link), # no"))],
  paragraph: [
    p(t("Hello, wörld 👋🏽 العربية")),
    { type: "paragraph", attrs: { align: "center" }, content: [t("in the middle")] },
    item("bullet_list", undefined, item("list_item", undefined, { ...p(t("right")), attrs: { align: "right" } })),
  ],
  heading: [1, 2, 3, 4].map((level) => ({
    type: "heading",
    attrs: { level, align: level === 2 ? "right" : null },
    content: [t(`Level ${level}`)],
  })),
  blockquote: [item("blockquote", undefined, p(t("quoted")), item("blockquote", undefined, p(t("twice"))))],
  callout: [
    item("callout", { kind: "warning" }, p(t("Mind "), t("the gap", { type: "strong" })), nested),
    item("callout", { kind: "note" }, { type: "heading", attrs: { level: 2 }, content: [t("[!TIP] as text")] }),
    item("blockquote", undefined, p(t("[!TIP]")), item("callout", { kind: "tip" }, p(t("inner")))),
  ],
  collapsible: [
    item(
      "collapsible",
      undefined,
      p(t("Summary </summary> "), t("bold", { type: "strong" })),
      p(t("<details>")),
      nested,
    ),
    item("collapsible", undefined, { type: "heading", attrs: { level: 3 }, content: [t("Title")] }, p(t("body"))),
    item(
      "collapsible",
      undefined,
      p(t("two"), { type: "hard_break" }, t("lines")),
      item("collapsible", undefined, p(t("inner")), { type: "code_block", content: [t("</details>\n<div>")] }),
    ),
    p(t("</div> and "), t('<div align="center">')),
  ],
  bullet_list: [item("bullet_list", undefined, item("list_item", undefined, p(t("a")), nested))],
  ordered_list: [
    item(
      "ordered_list",
      { order: 9 },
      item("list_item", undefined, p(t("a"))),
      item("list_item", undefined, p(t("b"))),
    ),
  ],
  list_item: [item("bullet_list", undefined, item("list_item", undefined, p(t("a")), p(t("second paragraph"))))],
  task_list: [
    item("task_list", undefined, item("task_item", { checked: false }, p(t("open")))),
    item("bullet_list", undefined, item("list_item", undefined, p(t("a list right after")))),
  ],
  task_item: [
    item(
      "task_list",
      undefined,
      item(
        "task_item",
        { checked: true },
        p(t("done")),
        item("task_list", undefined, item("task_item", { checked: false }, p(t("sub")))),
      ),
      item("task_item", { checked: false }, p(t("open", { type: "strong" }))),
    ),
  ],
  code_block: [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the code in the block has a template, this string has none.
    { type: "code_block", attrs: { language: "ts" }, content: [t("const a = `${b}`;\n\n```\n  <b>&amp;")] },
    { type: "code_block", attrs: { language: null }, content: [t("plain")] },
  ],
  math_inline: [
    p(t("costs $5 and $6, "), math("x^2"), t(" and "), math("\\text{$5$ `a`}"), math(" y "), t("7"), math("a\\$")),
  ],
  math_block: [
    { type: "math_block", content: [t("\\begin{aligned}\n  a &= b\n\n$$\n\\end{aligned}")] },
    item(
      "bullet_list",
      undefined,
      item("list_item", undefined, p(t("in a list")), { type: "math_block", content: [t("a\n  b")] }),
    ),
    { type: "math_block" },
  ],
  diagram: [{ type: "diagram", content: [t("flowchart LR\n  A --> B\n\n```\n%% <b>&amp;")] }, { type: "diagram" }],
  horizontal_rule: [p(t("above")), { type: "horizontal_rule" }, p(t("below"))],
  table: [
    table(["table_header", "table_header"], [p(t("Name")), p(t("a | b"))], [p(), p(t("`x|y`", { type: "code" }))]),
    table(
      ["table_header"],
      [{ ...p(t("right")), attrs: { align: "right" } }],
      [{ ...p(t("1")), attrs: { align: "right" } }],
    ),
    table(["table_cell"], [nested], [p(t("one"), { type: "hard_break" }, t("two"))]),
    p(t("<table>")),
  ],
  table_row: [
    {
      type: "table",
      content: [
        item("table_row", undefined, item("table_cell", { colspan: 1, rowspan: 2, colwidth: null }, p(t("tall")))),
        { type: "table_row" },
      ],
    },
  ],
  table_cell: [
    {
      type: "table",
      content: [
        item(
          "table_row",
          undefined,
          item("table_cell", { colspan: 2, rowspan: 1, colwidth: null }, p(t("wide")), p(t("second"))),
        ),
        item("table_row", undefined, item("table_header", cell, p(t("row"))), item("table_cell", cell, p(t("1")))),
      ],
    },
  ],
  table_header: [table(["table_header"], [p(t("only"))], [p(t("one"))])],
  image: [
    {
      type: "image",
      attrs: { ...picture, alt: "A [map], two **streets**", width: 50 },
      content: [t("Caption "), t("*", { type: "em" })],
    },
    { type: "image", attrs: { ...picture, alt: "", width: null } },
    {
      type: "image",
      attrs: { ...picture, alt: "", width: null, pixelWidth: null, pixelHeight: null },
      content: [t("c")],
    },
    p(t("<figure> is text")),
  ],
  file: [
    { type: "file", attrs: { file: picture.file, name: "Minutes [final] *2*.pdf", size: 1234567 } },
    p(t("see "), t("it", { type: "link", attrs: { href: `/api/files/${picture.file}`, title: null } })),
  ],
  page_break: [p(t("above")), { type: "page_break" }, p(t("below"))],
  hard_break: [p(t("one"), { type: "hard_break" }, t("two"))],
  mention: [p(t("ask "), { type: "mention", attrs: { user: "u_1", name: "Ana [the first]" } }, t(" and @nobody"))],
  document_link: [
    p({ type: "document_link", attrs: { document: "abc-1", title: "Plan *2031*" } }, t(" [x](/documents/abc)")),
  ],
  link: [
    p(
      t("see "),
      t("this", { type: "link", attrs: { href: "https://example.org/a_b?c=1&d=2", title: 'A "title"' } }),
      t(" and "),
      t("that", { type: "link", attrs: { href: "/documents/1", title: null } }),
    ),
  ],
  strong: [p(t("very "), t("bold", { type: "strong" }), t(" word"))],
  em: [p(t("very "), t("slanted", { type: "em" }), t(" word"))],
  underline: [p(t("very "), t("underlined", { type: "underline" }), t(" word"))],
  strike: [p(t("very "), t("wrong", { type: "strike" }), t(" word"))],
  highlight: [p(t("<mark>text</mark> "), t("marked", { type: "highlight" }), t(" =="))],
  subscript: [p(t("H"), t("2", { type: "subscript" }), t("O"))],
  superscript: [p(t("m"), t("2", { type: "superscript" }), t("."))],
  code: [p(t("call "), t("f(`x`)", { type: "code" }), t(" now"))],
};

function sample(name: string): Node {
  const doc = Node.fromJSON(schema, { type: "doc", content: samples[name] });
  doc.check();
  return doc;
}

describe.each(blocks.map((block) => block.name))("%s", (name) => {
  test("has a sample that uses it", () => {
    expect(samples[name], `add a sample for "${name}" to this test`).toBeDefined();
    const names = new Set<string>([]);
    sample(name).descendants((node) => {
      names.add(node.type.name);
      for (const mark of node.marks) names.add(mark.type.name);
    });
    expect(["doc", ...names]).toContain(name);
  });

  test("JSON", () => {
    expect(Node.fromJSON(schema, JSON.parse(JSON.stringify(sample(name).toJSON()))).eq(sample(name))).toBe(true);
  });

  test("HTML", () => {
    expect(docFromHtml(htmlFromDoc(sample(name))).toJSON()).toEqual(sample(name).toJSON());
  });

  test("Markdown", () => {
    expect(parseMarkdown(serializeMarkdown(sample(name))).toJSON()).toEqual(sample(name).toJSON());
  });

  test("Yjs", () => {
    const doc = prosemirrorToYDoc(sample(name), FRAGMENT);
    const back = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(FRAGMENT), schema);
    expect(back.toJSON()).toEqual(sample(name).toJSON());
  });
});

test("the schema's fingerprint belongs to SCHEMA_VERSION", () => {
  // A new shape needs a new version: raise SCHEMA_VERSION in lib/protocol.ts, then add a line here.
  const known: Record<number, string> = {
    1: "5f3a3a7e4df9b623",
    2: "c0d06612172a1bf8",
  };
  const hash = createHash("sha256").update(fingerprint()).digest("hex").slice(0, 16);
  expect(hash, fingerprint()).toBe(known[SCHEMA_VERSION]);
});

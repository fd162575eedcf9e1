// Tables: what keys and commands do, what is repaired and when, and how far one can grow.
import { Node } from "prosemirror-model";
import { EditorState, TextSelection } from "prosemirror-state";
import { CellSelection, TableMap } from "prosemirror-tables";
import { describe, expect, test } from "vitest";
import { docFromHtml, parseBody } from "#app/_editor/dom.test-helper.ts";
import { parseMarkdown, serializeMarkdown } from "#app/_editor/markdown.ts";
import { cleanHtml } from "#app/_editor/paste/clean-html.ts";
import { chance } from "#app/_editor/random-document.test-helper.ts";
import { schema } from "#app/_editor/schema.ts";
import { columnAfter, columnRight, rowBelow } from "#app/_editor/table/commands.ts";
import { tableEntries } from "#app/_editor/table/entries.ts";
import { MAX_COLUMNS } from "#app/_editor/table/limits.ts";
import { pastedRows } from "#app/_editor/table/pasted-rows.ts";
import { repairTable } from "#app/_editor/table/repair.ts";
import { buttons } from "#app/_editor/toolbar/entries.ts";
import { TypingTest } from "#app/_editor/typing.test-helper.ts";

const small = "| a | b |\n| --- | --- |\n| c | d |";
const command = (id: string) => {
  const found = tableEntries.find((entry) => entry.id === id);
  if (!found) throw new Error(`no entry ${id}`);
  return found.command;
};
const caretIn = (editor: TypingTest, text: string) => {
  editor.doc.descendants((node, pos) => {
    if (node.isText && node.text === text) editor.select(pos, pos);
  });
  return editor;
};

function cellsOf(doc: Node): number[] {
  const cells: number[] = [];
  doc.descendants((node, pos) => {
    if (node.type.spec.tableRole?.endsWith("cell")) cells.push(pos);
  });
  return cells;
}

/** Rows of these lengths, each cell with its own letter. */
function rows(...lengths: number[]): Node {
  const cell = (text: string) => ({
    type: "table_cell",
    content: [{ type: "paragraph", content: [{ type: "text", text }] }],
  });
  const content = lengths.map((length, row) => ({
    type: "table_row",
    content: Array.from({ length }, (_, column) => cell(`${row}${column}`)),
  }));
  return Node.fromJSON(schema, { type: "doc", content: [{ type: "table", content }] });
}

test("Tab goes from cell to cell and adds a row behind the last, Shift-Tab stays at the first", () => {
  const editor = caretIn(new TypingTest(small), "c").press("Tab").press("Tab").type("e").press("Tab").type("f");
  expect(editor.markdown).toBe(`${small}\n| e | f |`);
  caretIn(editor, "a").press("Shift-Tab").type("x");
  expect(editor.markdown).toBe(`${small.replace("a", "xa")}\n| e | f |`);
});

test("rows and columns are added, moved and deleted; the caret goes along", () => {
  const editor = caretIn(new TypingTest(small), "c");
  editor.run(rowBelow);
  expect(editor.markdown).toBe(`${small}\n|  |  |`);
  editor.press("Alt-ArrowDown").type("x");
  expect(editor.markdown).toBe("| a | b |\n| --- | --- |\n|  |  |\n| xc | d |");
  editor.run(columnRight);
  expect(editor.type("y").markdown).toBe("| b | a |\n| --- | --- |\n|  |  |\n| d | xyc |");
  editor.run(command("delete-column"));
  editor.run(command("delete-row"));
  expect(editor.markdown).toBe("| b |\n| --- |\n|  |");
});

test("no row is moved before the header row", () => {
  expect(caretIn(new TypingTest(small), "c").press("Alt-ArrowUp").markdown).toBe(small);
});

test("header row and header column are switched on and off, cells merged and split", () => {
  const editor = caretIn(new TypingTest(small), "a");
  editor.run(command("header-row"));
  expect(editor.doc.toString()).not.toContain("table_header");
  editor.run(command("header-column"));
  expect(editor.doc.toString().match(/table_header/g)).toHaveLength(2);
  const cells = cellsOf(editor.doc);
  editor.dispatch(editor.state.tr.setSelection(CellSelection.create(editor.doc, cells[0] ?? 0, cells[1])));
  editor.run(command("merge-cells"));
  expect(editor.markdown).toContain('<th colspan="2">\n\na\n\nb\n\n</th>');
  expect(parseMarkdown(editor.markdown).toJSON()).toEqual(editor.doc.toJSON());
  editor.run(command("split-cell"));
  expect(editor.markdown).not.toContain("colspan");
});

test("Backspace over a table that is selected as a whole deletes it", () => {
  const editor = new TypingTest(`${small}\n\nafter`);
  const cells = cellsOf(editor.doc);
  editor.dispatch(editor.state.tr.setSelection(CellSelection.create(editor.doc, cells[0] ?? 0, cells[3])));
  editor.press("Backspace");
  expect(editor.markdown).toBe("after");
});

describe("repair", () => {
  test("typing repairs nothing, the next command on the table does", () => {
    const editor = new TypingTest();
    editor.dispatch(editor.state.tr.replaceWith(0, editor.doc.content.size, rows(2, 3, 1)));
    caretIn(editor, "00").type("x");
    const lengths = () => editor.doc.firstChild?.children.map((row) => row.childCount);
    expect(lengths()).toEqual([2, 3, 1]);
    editor.run(rowBelow);
    expect(lengths()).toEqual([3, 3, 3, 3]);
    expect(TableMap.get(editor.doc.child(0)).problems).toBeNull();
  });

  test("what two screens repaired at once is taken away again: the table does not grow", () => {
    const editor = new TypingTest();
    const empty = schema.node("table_cell", null, schema.node("paragraph"));
    editor.dispatch(editor.state.tr.replaceWith(0, editor.doc.content.size, rows(3, 3)));
    // Both added a cell to the first row, so that it has one too many; then one of them goes on.
    const end = (editor.doc.child(0).child(0).nodeSize ?? 0) + 1 - 1;
    editor.dispatch(editor.state.tr.insert(end, [empty, empty]));
    expect(editor.doc.child(0).child(0).childCount).toBe(5);
    caretIn(editor, "00").run(rowBelow);
    expect(editor.doc.child(0).children.map((row) => row.childCount)).toEqual([3, 3, 3]);
  });

  test("whatever shape two people leave it in, its buttons answer and it can be made regular", () => {
    const next = chance(7);
    const upTo = (most: number) => 1 + Math.floor(next() * most);
    const ragged = () => ({
      type: "table_row",
      content: Array.from({ length: upTo(4) }, () => ({
        type: next() < 0.5 ? "table_cell" : "table_header",
        attrs: { colspan: upTo(3), rowspan: upTo(3) },
        content: [{ type: "paragraph", content: [{ type: "text", text: "x" }] }],
      })),
    });
    let irregular = 0;
    for (let table = 0; table < 200; table++) {
      const content = Array.from({ length: upTo(4) }, ragged);
      const doc = Node.fromJSON(schema, { type: "doc", content: [{ type: "table", content }] });
      const text = cellsOf(doc).map((pos) => TextSelection.create(doc, pos + 2));
      for (const selection of text) {
        const state = EditorState.create({ doc, selection });
        for (const button of buttons("table")) void [button.command(state), button.active(state)];
        const repaired = repairTable(state);
        if (!repaired) continue;
        irregular++;
        repaired.doc.check();
        expect(TableMap.get(repaired.doc.child(0)).problems).toBeNull();
        expect(repaired.doc.textContent).toBe(doc.textContent);
      }
    }
    expect(irregular).toBeGreaterThan(100);
  });

  test.each([
    [
      "spans of a billion",
      { colspan: 1e9, rowspan: 1e9, colwidth: null },
      { colspan: 50, rowspan: 1000, colwidth: null },
    ],
    ["nonsense", { colspan: "x", rowspan: -1, colwidth: "no" }, { colspan: 1, rowspan: 1, colwidth: null }],
    ["widths that do not fit", { colspan: 2, rowspan: 1, colwidth: [10] }, { colspan: 2, rowspan: 1, colwidth: null }],
    ["widths out of bounds", { colspan: 1, rowspan: 1, colwidth: [1e6] }, { colspan: 1, rowspan: 1, colwidth: [2000] }],
  ])("a cell with %s is made valid, wherever it comes from", (_name, attrs, valid) => {
    expect(schema.node("table_cell", attrs, schema.node("paragraph")).attrs).toEqual(valid);
  });

  test("a table has its limit", () => {
    const editor = caretIn(new TypingTest(small), "a");
    for (let n = 0; n < MAX_COLUMNS + 5; n++) editor.run(columnAfter);
    expect(editor.doc.child(0).child(0).childCount).toBe(MAX_COLUMNS);
  });
});

describe("paste", () => {
  const cleaned = (html: string) => {
    const body = parseBody(html);
    cleanHtml(body);
    return serializeMarkdown(docFromHtml(body.innerHTML));
  };

  test("Google Sheets", () => {
    const html = `<meta charset="utf-8"><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}br {mso-data-placement:same-cell;}--></style>
      <table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" cellpadding="0" dir="ltr" border="1"><colgroup><col width="100"/><col width="100"/></colgroup>
      <tbody><tr style="height:21px;"><td style="overflow:hidden;font-weight:bold;">Item</td><td style="text-align:right;">2</td></tr><tr><td>Tea</td><td style="text-align:right;">3</td></tr></tbody></table></google-sheets-html-origin>`;
    const body = parseBody(html);
    cleanHtml(body);
    const table = docFromHtml(body.innerHTML).child(0);
    expect(table.children.map((row) => row.children.map((cell) => cell.textContent))).toEqual([
      ["Item", "2"],
      ["Tea", "3"],
    ]);
  });

  test("a table in a table is layout: its words stay", () => {
    expect(cleaned("<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>")).toBe(
      "<table>\n<tr>\n<td>\n\na\n\nb\n\n</td>\n</tr>\n</table>",
    );
  });

  test("tabs fill cells inside a table, and are text outside", () => {
    const inside = caretIn(new TypingTest(small), "c").state.selection.$from;
    expect(pastedRows("1\t2\r\n3\t4\r\n", inside)?.content.toString()).toBe(
      '<table(table_row(table_cell(paragraph("1")), table_cell(paragraph("2"))), table_row(table_cell(paragraph("3")), table_cell(paragraph("4"))))>',
    );
    expect(pastedRows("1\t2", new TypingTest("x").state.selection.$from)).toBeNull();
    expect(pastedRows("no tab", inside)).toBeNull();
  });
});

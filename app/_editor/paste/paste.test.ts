// Clipboards of other programs, shortened, and what the editor makes of them.
import { describe, expect, test } from "vitest";
import { docFromHtml, parseBody } from "#app/_editor/dom.test-helper.ts";
import { serializeMarkdown } from "#app/_editor/markdown.ts";
import { cleanHtml, isPlain } from "#app/_editor/paste/clean-html.ts";
import { looksLikeMarkdown } from "#app/_editor/paste/looks-like-markdown.ts";

function pasted(html: string): string {
  const body = parseBody(html);
  cleanHtml(body);
  return serializeMarkdown(docFromHtml(body.innerHTML));
}

test("Google Docs: the bold wrapper is not bold, spans are what they look like, lists nest", () => {
  const html = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">
    <h1 dir="ltr"><span style="font-weight:400;font-style:normal">Plan</span></h1>
    <p dir="ltr"><span style="font-weight:400">plain </span><span style="font-weight:700">bold</span><span style="font-weight:400;font-style:italic"> slanted</span><span style="text-decoration:line-through"> gone</span></p><br>
    <ul><li dir="ltr"><p dir="ltr" role="presentation"><span>one</span></p></li>
    <ul><li dir="ltr"><p dir="ltr" role="presentation"><span>two</span></p></li></ul></ul>
    <ol><li><p><span>first</span></p></li></ol></b><br class="Apple-interchange-newline">`;
  expect(pasted(html)).toBe("# Plan\n\nplain **bold** *slanted* ~~gone~~\n\n* one\n  * two\n\n1. first");
});

test("Word: list paragraphs become lists, o:p and comments go", () => {
  const line = (level: number, sign: string, text: string) =>
    `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${text}<o:p></o:p></p>`;
  const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><style>p { color: red }</style><!--StartFragment-->
    <p class=MsoNormal><b>Agenda</b><o:p>&nbsp;</o:p></p>
    ${line(1, "·", "one")}${line(2, "o", "inside")}${line(1, "·", "two")}
    <p class=MsoNormal>between</p>
    ${line(1, "1.", "first")}${line(1, "2.", "second")}<!--EndFragment--></html>`;
  expect(pasted(html)).toBe("**Agenda**\n\n* one\n  * inside\n* two\n\nbetween\n\n1. first\n2. second");
});

test("GitHub: checkboxes become tasks", () => {
  const html = `<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" checked disabled> done</li>
    <li class="task-list-item"><input type="checkbox" disabled> open</li></ul>`;
  expect(pasted(html)).toBe("- [x] done\n- [ ] open");
});

test("scripts, styles, images and event handlers never arrive", () => {
  const html = `<p onclick="alert(1)">a<script>alert(2)</script><style>b</style><img src=x onerror=alert(3)></p>`;
  expect(pasted(html)).toBe("a");
});

test("a line break inside a paragraph stays", () => {
  expect(pasted("<p>a<br>b</p>")).toBe("a\\\nb");
});

describe("plain text", () => {
  test.each(["# Title\n\nText", "- [ ] task", "```\ncode\n```", "[a](https://b.c)", "- a\n- b", "> q"])(
    "%j was written as Markdown",
    (text) => {
      expect(looksLikeMarkdown(text)).toBe(true);
    },
  );

  test.each(["Dear all,\n\n- Ana", "2 * 3 * 4", "#hashtag", "a_b_c", "1. of May"])("%j was not", (text) => {
    expect(looksLikeMarkdown(text)).toBe(false);
  });

  test("HTML that says no more than its text is plain", () => {
    expect(isPlain(parseBody('<div style="color:#fff"><span>x</span></div>'))).toBe(true);
    expect(isPlain(parseBody("<p><a href='https://b.c'>x</a></p>"))).toBe(false);
  });
});

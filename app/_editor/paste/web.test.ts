// Clipboards of programs that live in a browser, shortened but with everything that these programs put around the words.
import { describe, expect, test } from "vitest";
import { parseBody } from "#app/_editor/dom.test-helper.ts";
import { isPlain } from "#app/_editor/paste/clean-html.ts";
import { copiedCode } from "#app/_editor/paste/code.ts";
import { pasted } from "#app/_editor/paste/pasted.test-helper.ts";

const notion = (html: string) =>
  `<meta charset='utf-8'><html><head></head><body>\n${html}\n<!-- notionvc: 4b67483a-0000-4000-8000-2eacd9bc18d8 --></body></html>`;

describe("Notion", () => {
  test("to-dos, one inside another", () => {
    const html =
      "<ul>\n<li>[x]  done<ul>\n<li>[ ]  inside</li>\n</ul>\n</li>\n<li>[ ]  <strong>open</strong></li>\n</ul>";
    expect(pasted(notion(html))).toBe("- [x] done\n  - [ ] inside\n- [ ] **open**");
  });

  test("a toggle that holds a toggle", () => {
    const html =
      "<details>\n<summary>Outer</summary>\n<p>text</p>\n<details>\n<summary>Inner</summary>\n<p>deep</p>\n</details>\n</details>";
    expect(pasted(notion(html))).toBe(
      "<details>\n<summary>Outer</summary>\n\ntext\n\n<details>\n<summary>Inner</summary>\n\ndeep\n\n</details>\n\n</details>",
    );
  });

  test.each([
    ["💡 Try it", "> [!TIP]\n>\n> Try it"],
    ["⚠️ Careful", "> [!WARNING]\n>\n> Careful"],
    ["🍵 Tea", "> [!NOTE]\n>\n> 🍵 Tea"],
    ['<img src="https://www.notion.so/icons/bell.svg" alt="bell" width="40px" /><p>Bell</p>', "> [!NOTE]\n>\n> Bell"],
  ])("a callout %s", (text, markdown) => {
    expect(pasted(notion(`<aside>\n${text}\n\n</aside>`))).toBe(markdown);
  });

  test("code, a heading, and a mark of its version in the middle of a sentence", () => {
    const code = '<pre><code class="language-typescript">const a = 1;\n\nb();\n\n</code></pre>';
    const html = `<h3>Title</h3>\n${code}\n<p>one <!-- notionvc: 1 -->sentence</p><hr>`;
    expect(pasted(notion(html))).toBe("### Title\n\n```typescript\nconst a = 1;\n\nb();\n```\n\none sentence\n\n---");
  });

  test("beside the text of any other page an aside is no callout", () => {
    expect(pasted("<aside>💡 beside</aside>")).toBe("💡 beside");
  });
});

describe("VS Code", () => {
  const data = (mode: string) =>
    JSON.stringify({ version: 1, isFromEmptySelection: false, multicursorText: null, mode });
  const html = `<meta charset='utf-8'><div style="color: #cccccc;background-color: #1f1f1f;font-family: 'Droid Sans Mono', 'monospace', monospace;font-weight: normal;font-size: 14px;line-height: 19px;white-space: pre;"><div><span style="color: #6a9955;"># count</span></div><br><div><span style="color: #c586c0;">for</span><span> n </span><span style="color: #c586c0;">in</span> x:</div><div>    n += 1</div></div>`;

  test.each([
    ["python", "python"],
    ["typescriptreact", "tsx"],
    ["shellscript", "bash"],
    ["plaintext", null],
  ])("its %s is a block of %s", (mode, language) => {
    expect(copiedCode(data(mode), "a\r\n  b\r\n")).toEqual({ text: "a\n  b", language });
  });

  test("code in no language, one line, and nothing at all", () => {
    expect(copiedCode("not json", "a\nb")).toEqual({ text: "a\nb", language: null });
    expect(copiedCode("null", "a\nb")).toEqual({ text: "a\nb", language: null });
    expect(copiedCode(data("python"), "a = 1")).toBeNull();
    expect(copiedCode(data("python"), "\n")).toBeNull();
    expect(copiedCode("", "a\nb")).toBeNull();
  });

  test("where the browser hides the language, the HTML still is code, and no Markdown", () => {
    expect(pasted(html)).toBe("```\n# count\n\nfor n in x:\n    n += 1\n```");
    expect(isPlain(parseBody(html))).toBe(false);
  });
});

describe("GitHub", () => {
  test("an alert, code with its language, and the sign beside a heading", () => {
    const html = `<meta charset='utf-8'><div class="markdown-heading" dir="auto"><h2 class="heading-element">Use</h2><a id="user-content-use" class="anchor" aria-label="Permalink: Use" href="#use"><svg class="octicon"><path d="m7"></path></svg></a></div>
<div class="markdown-alert markdown-alert-warning" dir="auto"><p class="markdown-alert-title"><svg><path/></svg>Warning</p><p dir="auto">Loses data.</p></div>
<div class="markdown-alert markdown-alert-important"><p class="markdown-alert-title">Important</p><p>Read.</p></div>
<div class="highlight highlight-source-js notranslate"><pre><span class="pl-k">let</span> a
b</pre></div>`;
    expect(pasted(html)).toBe(
      "## Use\n\n> [!WARNING]\n>\n> Loses data.\n\n> [!NOTE]\n>\n> Read.\n\n```js\nlet a\nb\n```",
    );
  });
});

test("Slack: names and times, emoji, code, and lists whose depth is a number", () => {
  const html = `<meta charset='utf-8'><div class="c-message_kit__gutter__right" role="presentation"><span class="c-message__sender"><button class="c-button-unstyled">Ana</button></span><span>&nbsp;&nbsp;</span><a class="c-link c-timestamp" href="https://x.slack.example/archives/C1/p1">10:42 AM</a><br><div class="c-message_kit__blocks"><div class="p-rich_text_section">Look <b data-stringify-type="bold">here</b> <img src="https://emoji.example/1f389.png" alt=":tada:" data-stringify-type="emoji"> <code data-stringify-type="code" class="c-mrkdwn__code">npm ci</code></div>
<ul data-stringify-type="unordered-list" data-indent="0" class="p-rich_text_list"><li data-stringify-indent="0">one</li></ul><ul data-stringify-type="unordered-list" data-indent="1"><li data-stringify-indent="1">two</li></ul><ul data-stringify-type="unordered-list" data-indent="2"><li>three</li></ul><ul data-stringify-type="unordered-list" data-indent="0"><li>four</li></ul>
<blockquote data-stringify-type="quote">said</blockquote></div></div>`;
  expect(pasted(html)).toBe(
    "Ana\u00a0\u00a0[10:42 AM](https://x.slack.example/archives/C1/p1)\n\nLook **here** :tada: `npm ci`\n\n* one\n  * two\n    * three\n* four\n\n> said",
  );
});

test("emoji that a page shows as pictures are kept, other pictures are not", () => {
  expect(pasted('<p>a <img src="x.png" alt="🎉"> b <img src="y.png" alt="logo">c</p>')).toBe("a 🎉 b c");
});

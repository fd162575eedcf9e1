// Whatever HTML is pasted: nothing that runs, loads or styles gets into the document, nor out of it.
import { expect, test } from "vitest";
import { parseBody } from "#app/_editor/dom.test-helper.ts";
import { pastedHtml } from "#app/_editor/paste/pasted.test-helper.ts";

const pieces = [
  "<script>alert(1)</script>",
  "<scr<script>ipt>alert(1)</script>",
  '<img src=x onerror="alert(1)" alt="🎉">',
  '<a href="javascript:alert(1)">link</a>',
  '<a href=" java\tscript:alert(1)">link</a>',
  '<a href="data:text/html,<script>alert(1)</script>">link</a>',
  '<a href="vbscript:x" onclick="alert(1)" title="t">link</a>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)"><text>x</text></a><script>alert(1)</script></svg>',
  "<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>",
  '<p style="background:url(https://evil.example/x);text-align:right" onmouseover=alert(1)>text</p>',
  '<div style="background-image:url(javascript:alert(1))">',
  '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">b</button><input autofocus onfocus=alert(1)></form>',
  '<object data="data:text/html,x"></object><embed src="data:image/svg+xml,x">',
  '<figure data-image><img src="javascript:alert(1)" onload=alert(1)><figcaption onclick=x>c</figcaption></figure>',
  '<figure data-image data-width="1;x:y"><img src="data:image/svg+xml,<svg onload=alert(1)>"></figure>',
  '<aside data-callout="x onclick=alert(1)">note</aside>',
  '<pre data-language="x onmouseover=alert(1)"><code class="language-&quot;><script>">code</code></pre>',
  '<pre data-mermaid><code>click A href "javascript:alert(1)"</code></pre>',
  '<li role="checkbox" aria-checked="&quot;><script>">task</li>',
  '<td colspan="1 onclick=x" class="xl65" data-colwidth="1,url(x)">cell</td>',
  "<style>.xl65{font-weight:700;background:url(javascript:alert(1))} @import url(x);</style>",
  '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=javascript:alert(1)"><link rel="stylesheet" href="//evil.example">',
  '<template><script>alert(1)</script></template><noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  "<!--><script>alert(1)</script>--><![CDATA[<script>alert(1)</script>]]>",
  '<span data-mention="x" data-title="<script>alert(1)</script>">@x</span>',
  '<a data-document="javascript:alert(1)" href="/x">doc</a>',
];
const around = ["p", "div", "ul", "li", "table", "tr", "td", "b", "a", "aside", "details", "pre", "blockquote", "span"];

/** The same numbers on every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function hostileHtml(random: (below: number) => number, depth = 0): string {
  let html = "";
  for (let n = random(4) + 1; n > 0; n--) {
    const tag = around[random(around.length)] ?? "p";
    if (depth < 3 && random(2)) html += `<${tag} onclick="alert(1)">${hostileHtml(random, depth + 1)}</${tag}>`;
    else html += pieces[random(pieces.length)] ?? "";
  }
  return html;
}

/** What is wrong with the HTML of a document; empty if it is harmless. */
function dangers(html: string): string[] {
  const found: string[] = [];
  for (const element of Array.from(parseBody(html).querySelectorAll("*"))) {
    const tag = element.tagName.toLowerCase();
    if (/^(script|style|iframe|object|embed|svg|math|form|button|base|meta|link|template|noscript)$/.test(tag))
      found.push(tag);
    for (const { name, value } of Array.from(element.attributes)) {
      if (/^on|^style$|^srcdoc$|^formaction$|^action$|^xlink/i.test(name)) found.push(`${tag} ${name}`);
      const isAddress = /^(href|src)$/i.test(name);
      if (isAddress && !/^(https?:|mailto:|tel:|\/(?!\/)|#|$)/i.test(value)) found.push(`${tag} ${name}=${value}`);
    }
  }
  return found;
}

test("what the test calls dangerous is found", () => {
  expect(dangers(`<p onclick="x">a<script></script><a href="javascript:x">b</a></p>`)).toHaveLength(3);
});

test.each(pieces)("%s leaves nothing dangerous", (piece) => {
  expect(dangers(pastedHtml(`before ${piece} after`))).toEqual([]);
});

test("nor does any of 300 mixtures of them", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const html = hostileHtml(randomFrom(seed));
    expect(dangers(pastedHtml(html)), html).toEqual([]);
  }
});

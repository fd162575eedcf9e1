// The document as a web page that stands on its own.
import { parseHTML } from "linkedom";
import { DOMSerializer } from "prosemirror-model";
import type { ExportSource } from "#app/_editor/export/format.ts";
import { schema } from "#app/_editor/schema.ts";
import { fileIdOf } from "#app/_editor/upload/uploaded-file.ts";

const STYLE = `
:root { color-scheme: light dark }
body { max-width: 44rem; margin: 8vh auto; padding: 0 1rem; font: 16px/1.65 system-ui, sans-serif }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.4em 0 .3em }
p { margin: .6em 0 }
blockquote { margin: .6em 0; padding-inline-start: 1rem; border-inline-start: 3px solid #8884 }
pre { padding: .75rem 1rem; border: 1px solid #8884; border-radius: 8px; overflow-x: auto; tab-size: 2 }
code { font: .875em ui-monospace, monospace }
hr { border: 0; border-top: 1px solid #8886; margin: 2rem 0 }
ul[data-type=tasks] { list-style: none; padding-inline-start: 0 }
li[data-checked] { display: flex; gap: .5rem; align-items: baseline }
li p { margin: .2em 0 }
[data-align=left] { text-align: left }
[data-align=center] { text-align: center }
[data-align=right] { text-align: right }
[data-align=justify] { text-align: justify }
aside[data-callout] { margin: .9em 0; padding: .6rem 1rem; border-inline-start: 3px solid #68c; border-radius: 4px; background: #68c2 }
aside[data-callout=tip] { border-color: #5a7; background: #5a72 }
aside[data-callout=warning] { border-color: #c93; background: #c932 }
aside[data-callout=caution] { border-color: #d65; background: #d652 }
summary > :is(p, h1, h2, h3, h4) { display: inline; margin: 0 }
figure { margin: 1em 0; text-align: center }
figure[data-width="25"] img { width: 25% }
figure[data-width="50"] img { width: 50% }
figure[data-width="75"] img { width: 75% }
figure[data-width="100"] img { width: 100% }
img { max-width: 100%; height: auto }
figcaption { opacity: .7; font-size: .875rem }
div[data-file] { margin: .6em 0; padding: .5rem 1rem; border: 1px solid #8884; border-radius: 8px }
table { width: 100%; border-collapse: collapse; margin: .9em 0 }
td, th { padding: .4rem .6rem; border: 1px solid #8886; text-align: start; vertical-align: top }
[data-page-break] { break-after: page }
`;

export function toHtml({ title, doc, pictures }: ExportSource): string {
  const { document } = parseHTML("<!doctype html><html><head></head><body><main></main></body></html>");
  const main = document.querySelector("main");
  const heading = document.createElement("h1");
  heading.setAttribute("dir", "auto");
  heading.textContent = title;
  if (title) main?.append(heading);
  const serializer = DOMSerializer.fromSchema(schema);
  main?.append(serializer.serializeFragment(doc.content, { document: document as unknown as Document }));
  for (const box of Array.from(document.querySelectorAll("div[data-collapsible]"))) fold(document, box);
  for (const img of Array.from(document.querySelectorAll("img"))) carry(img, pictures);
  return [
    "<!doctype html>",
    "<html>",
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeMarkup(title || "Untitled")}</title><style>${STYLE}</style></head>`,
    `<body>${main?.outerHTML ?? ""}</body>`,
    "</html>\n",
  ].join("\n");
}

/** A page of its own has a real <details>; it is open, so that nothing is missed on paper. */
function fold(document: Document, box: Element): void {
  const details = document.createElement("details");
  details.setAttribute("open", "");
  const summary = document.createElement("summary");
  if (box.firstElementChild) summary.append(box.firstElementChild);
  details.append(summary, ...Array.from(box.childNodes));
  box.replaceWith(details);
}

/** The picture itself instead of its address, which nobody but staff could open. */
function carry(img: Element, pictures: ExportSource["pictures"]): void {
  const picture = pictures.get(fileIdOf(img.getAttribute("src") ?? "") ?? "");
  if (picture) img.setAttribute("src", `data:${picture.type};base64,${Buffer.from(picture.bytes).toString("base64")}`);
  else img.removeAttribute("src");
}

function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

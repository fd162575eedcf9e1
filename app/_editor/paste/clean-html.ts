// Makes HTML from other programs mean what it looked like there, before the schema reads it. The schema is the filter
// for what may stay; this file only undoes the habits of Google Docs, Word and browsers.
import { nestWordLists } from "#app/_editor/paste/word-lists.ts";

const NOISE = "style, script, meta, link, title, xml, template, noscript, o\\:p, w\\:sdtpr, img, object, iframe";

/** Changes `body` in place. */
export function cleanHtml(body: HTMLElement): void {
  removeComments(body);
  nestWordLists(body);
  for (const element of Array.from(body.querySelectorAll(NOISE))) {
    // Word puts "empty paragraph" marks and sometimes words into o:p.
    if (element.tagName.toLowerCase() === "o:p" && element.textContent?.trim()) unwrap(element);
    else element.remove();
  }
  for (const element of Array.from(body.querySelectorAll("b, strong"))) {
    const style = element.getAttribute("style") ?? "";
    if (/font-weight:\s*(normal|400)/i.test(style) || (element.id ?? "").startsWith("docs-internal-guid"))
      unwrap(element);
  }
  for (const list of Array.from(body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol"))) {
    const before = list.previousElementSibling;
    if (before?.tagName.toLowerCase() === "li") before.append(list);
  }
  // A table in a cell is layout; its words stay, one paragraph for each cell.
  for (const inner of Array.from(body.querySelectorAll("table table"))) flatten(inner);
  for (const br of Array.from(body.querySelectorAll("br"))) {
    if (br.className === "Apple-interchange-newline" || isBetweenBlocks(br)) br.remove();
  }
}

const BLOCKS = new Set(
  "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table div section article header footer".split(" "),
);

/** A line break that only made air between two blocks. */
function isBetweenBlocks(br: Element): boolean {
  const isBlock = (element: Element | null) => element !== null && BLOCKS.has(element.tagName.toLowerCase());
  const text = (node: ChildNode | null) => node?.nodeType === 3 && (node.textContent ?? "").trim() !== "";
  if (text(br.previousSibling) || text(br.nextSibling)) return false;
  const { previousElementSibling: before, nextElementSibling: after } = br;
  return (
    (isBlock(before) || isBlock(after)) && (before === null || isBlock(before)) && (after === null || isBlock(after))
  );
}

function flatten(table: Element): void {
  for (const cell of Array.from(table.querySelectorAll("td, th"))) {
    const block = table.ownerDocument.createElement("div");
    block.append(...Array.from(cell.childNodes));
    table.before(block);
  }
  table.remove();
}

function unwrap(element: Element): void {
  element.replaceWith(...Array.from(element.childNodes));
}

function removeComments(node: ChildNode): void {
  for (const child of Array.from(node.childNodes)) {
    if (child.nodeType === 8) child.remove();
    else removeComments(child);
  }
}

/** Whether the HTML says nothing that its plain text does not (the clipboard of a code editor or a terminal). */
export function isPlain(body: HTMLElement): boolean {
  return (
    body.querySelector("a[href], b, strong, i, em, u, s, ul, ol, li, h1, h2, h3, h4, h5, h6, table, blockquote, hr") ===
    null
  );
}

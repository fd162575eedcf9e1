// Makes HTML from other programs mean what it looked like there, before the schema reads it. The schema is the filter
// for what may stay; this file only undoes the habits of Google Docs, Word and browsers, and calls those beside it for
// the other programs.

import { markCallouts } from "#app/_editor/paste/callouts.ts";
import { cleanChat } from "#app/_editor/paste/chat.ts";
import { cleanCode, codeBox } from "#app/_editor/paste/code.ts";
import { cleanSpreadsheet } from "#app/_editor/paste/spreadsheets.ts";
import { markTasks } from "#app/_editor/paste/tasks.ts";
import { nestWordLists } from "#app/_editor/paste/word-lists.ts";

const NOISE = "style, script, meta, link, title, xml, template, noscript, o\\:p, w\\:sdtpr, img, object, iframe";

/** Changes `body` in place. */
export function cleanHtml(body: HTMLElement): void {
  const isNotion = body.innerHTML.includes("<!-- notionvc");
  const styles = Array.from(body.ownerDocument.querySelectorAll("style"), (style) => style.textContent ?? "").join(
    "\n",
  );
  removeComments(body);
  cleanSpreadsheet(body, styles);
  cleanCode(body);
  cleanChat(body);
  nestWordLists(body);
  for (const element of Array.from(body.querySelectorAll(NOISE))) {
    // Word puts "empty paragraph" marks and sometimes words into o:p.
    if (element.tagName.toLowerCase() === "o:p" && element.textContent?.trim()) unwrap(element);
    else element.remove();
  }
  for (const element of Array.from(body.querySelectorAll("[style]"))) {
    if (/display:\s*none|mso-hide:\s*all/i.test(element.getAttribute("style") ?? "")) element.remove();
  }
  markTasks(body);
  markCallouts(body, isNotion);
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
    if (br.className === "Apple-interchange-newline" || isBetweenBlocks(br) || isAlone(br)) br.remove();
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

/** A line break that only keeps an empty paragraph or cell as high as a line. */
function isAlone(br: Element): boolean {
  const { parentElement } = br;
  return (
    parentElement !== null &&
    /^(p|td|th|li|h[1-6])$/i.test(parentElement.tagName) &&
    // Counting the children of the parent would take each break as long as all of them together.
    br.previousElementSibling === null &&
    br.nextElementSibling === null &&
    parentElement.textContent?.trim() === ""
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
    codeBox(body) === null &&
    body.querySelector("a[href], b, strong, i, em, u, s, ul, ol, li, h1, h2, h3, h4, h5, h6, table, blockquote, hr") ===
      null
  );
}

// Tasks as other programs copy them: Google Docs gives its list items the role of a checkbox, Notion and notes in
// plain words begin them with "[ ]". What commands/tasks.ts reads without help (a real checkbox) is left alone.

/** Changes `body` in place. */
export function markTasks(body: HTMLElement): void {
  for (const item of Array.from(body.querySelectorAll("li"))) {
    if (item.getAttribute("role") === "checkbox")
      item.setAttribute("data-checked", String(item.getAttribute("aria-checked") === "true"));
    else readSign(item);
  }
}

function readSign(item: Element): void {
  const text = firstText(item);
  const sign = /^\s*\[([ xX])\](?=\s)[\s\u00a0]*/.exec(text?.data ?? "");
  if (!text || !sign) return;
  text.data = text.data.slice(sign[0].length);
  item.setAttribute("data-checked", String(sign[1] !== " "));
}

/** The first words of an item, unless they are in a list, a quotation or the like of their own. */
function firstText(node: Node): Text | null {
  for (const child of Array.from(node.childNodes)) {
    if (child.nodeType === 3 && (child as Text).data.trim() !== "") return child as Text;
    if (child.nodeType === 1) return /^(p|span|div)$/i.test(child.nodeName) ? firstText(child) : null;
  }
  return null;
}

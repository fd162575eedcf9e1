// What messengers copy: emoji as pictures, and lists whose depth is only a number.

/** Changes `body` in place. Before pictures are taken away. */
export function cleanChat(body: HTMLElement): void {
  for (const img of Array.from(body.querySelectorAll("img[alt]"))) {
    const alt = img.getAttribute("alt") ?? "";
    if (/^(\p{Extended_Pictographic}|\p{Emoji_Component})+$/u.test(alt) || /^:[\w+-]+:$/.test(alt))
      img.replaceWith(img.ownerDocument.createTextNode(alt));
  }
  for (const list of Array.from(body.querySelectorAll("[data-stringify-type$='-list'][data-indent]"))) nest(list);
}

/** Puts a list of Slack's under the last item of the list before it, as deep as its number says, or goes on with it. */
function nest(list: Element): void {
  const indentOf = (element: Element) => Number(element.getAttribute("data-indent"));
  const deeper = (element: Element) => {
    const last = element.lastElementChild?.lastElementChild;
    return last?.hasAttribute("data-indent") && indentOf(last) <= indentOf(list) ? last : null;
  };
  let before = list.previousElementSibling;
  if (!before?.hasAttribute("data-indent")) return;
  for (let next = deeper(before); next; next = deeper(before)) before = next;
  if (indentOf(list) > indentOf(before)) before.lastElementChild?.append(list);
  else if (before.tagName === list.tagName) {
    before.append(...Array.from(list.childNodes));
    list.remove();
  }
}

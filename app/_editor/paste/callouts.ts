// Boxes of other programs that are callouts here: Notion's, which begin with a picture sign, and GitHub's alerts.

/** The signs that say of what kind a box is; any other stays in the text of a note. */
const signs: Record<string, string> = {
  "💡": "tip",
  "⚠": "warning",
  "🚧": "warning",
  "❗": "caution",
  "🚨": "caution",
};

const alerts: Record<string, string> = { important: "note" };

/** Changes `body` in place. `isNotion`: an aside is a box there, and not something beside the text of a page. */
export function markCallouts(body: HTMLElement, isNotion: boolean): void {
  for (const aside of Array.from(body.querySelectorAll("aside:not([data-callout])"))) {
    if (!isNotion) continue;
    const text = Array.from(aside.childNodes).find((node) => node.textContent?.trim());
    const sign = /^\s*(\p{Extended_Pictographic})\ufe0f?\s*/u.exec(text?.textContent ?? "");
    const kind = sign?.[1] ? signs[sign[1]] : undefined;
    const holder = text?.nodeType === 3 ? text : text?.firstChild;
    if (sign && kind && holder?.nodeType === 3) (holder as Text).data = (holder as Text).data.slice(sign[0].length);
    aside.setAttribute("data-callout", kind ?? "note");
  }
  for (const box of Array.from(body.querySelectorAll("div.markdown-alert"))) {
    const kind = /markdown-alert-(\w+)/.exec(box.className)?.[1] ?? "note";
    const aside = box.ownerDocument.createElement("aside");
    aside.setAttribute("data-callout", alerts[kind] ?? kind);
    box.querySelector(".markdown-alert-title")?.remove();
    aside.append(...Array.from(box.childNodes));
    box.replaceWith(aside);
  }
}

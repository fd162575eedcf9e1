// `- [ ] ` and `- [x] `: lists with boxes become lists of tasks.
import { closing, rename, type Token } from "#app/_editor/markdown/tokens.ts";

const BOX = /^\[([ xX])\](?:\s+|$)/;

/** Renames the tokens of each list that has at least one item with a box, and takes the boxes out of the text. */
export function markTasks(tokens: Token[]): void {
  tokens.forEach((token, index) => {
    if (token.type !== "bullet_list_open") return;
    const end = closing(tokens, index);
    const items: { open: number; checked: boolean | null }[] = [];
    for (let i = index + 1; i < end; i++) {
      if (tokens[i]?.type !== "list_item_open" || tokens[i]?.level !== token.level + 1) continue;
      items.push({ open: i, checked: takeBox(tokens, i) });
    }
    if (!items.some((item) => item.checked !== null)) return;
    rename(tokens[index], "task_list_open");
    rename(tokens[end], "task_list_close");
    for (const { open, checked } of items) {
      rename(tokens[closing(tokens, open)], "task_item_close");
      rename(tokens[open], "task_item_open");
      tokens[open]?.attrSet("data-checked", String(checked === true));
    }
  });
}

function takeBox(tokens: Token[], open: number): boolean | null {
  const inline = tokens[open + 1]?.type === "paragraph_open" ? tokens[open + 2] : undefined;
  const first = inline?.children?.[0];
  const match = first?.type === "text" ? BOX.exec(inline?.content ?? "") : null;
  if (!match || !inline || !first) return null;
  inline.content = inline.content.slice(match[0].length);
  first.content = first.content.slice(match[0].length);
  return match[1] !== " ";
}

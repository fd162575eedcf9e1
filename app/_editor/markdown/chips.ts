// Chips in Markdown are links with a sign of their own: `mention:` as the scheme, or "document" as the title.
import type { Make } from "#app/_editor/markdown/pair-tags.ts";
import type { Token } from "#app/_editor/markdown/tokens.ts";

const MENTION = /^mention:([\w-]{1,64})$/;
const DOCUMENT = /^\/documents\/([\w-]{1,64})$/;

/** An address that is a person and no place. */
export function isMention(href: string): boolean {
  return MENTION.test(href);
}

export function markChips(tokens: Token[], make: Make): void {
  for (const token of tokens) if (token.type === "inline") token.children = chips(token.children ?? [], make);
}

function chips(children: Token[], make: Make): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < children.length; i++) {
    const link = children[i] as Token;
    const end = link.type === "link_open" ? endOf(children, i) : -1;
    const words = end > 0 ? children.slice(i + 1, end) : [];
    const chip = end > 0 && words.every(({ type }) => type === "text") ? chipOf(link, make) : null;
    if (!chip) {
      out.push(link);
      continue;
    }
    chip.content = words.map(({ content }) => content).join("");
    out.push(chip);
    i = end;
  }
  return out;
}

/** Where the link that begins at `start` ends; -1 if nowhere. */
function endOf(children: Token[], start: number): number {
  for (let at = start + 1; at < children.length; at++) if (children[at]?.type === "link_close") return at;
  return -1;
}

function chipOf(link: Token, make: Make): Token | null {
  const href = link.attrGet("href") ?? "";
  const user = MENTION.exec(href)?.[1];
  const document = link.attrGet("title") === "document" ? DOCUMENT.exec(href)?.[1] : undefined;
  const id = user ?? document;
  if (!id) return null;
  const token = make(user ? "mention" : "document_link", "", 0);
  token.attrSet("id", id);
  return token;
}

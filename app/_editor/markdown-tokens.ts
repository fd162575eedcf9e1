// What markdown-it does not know by itself: `- [ ] ` items become task tokens, `<u>` becomes a mark.
import type { MarkdownParser } from "prosemirror-markdown";
import { addDiagrams } from "#app/_editor/diagram/markdown.ts";
import { addMath } from "#app/_editor/math/markdown.ts";

type Tokenizer = MarkdownParser["tokenizer"];
type Token = ReturnType<Tokenizer["parse"]>[number];

/** A tokenizer of our own, of the same class as `like` (prosemirror-markdown brings markdown-it). */
export function createTokenizer(like: Tokenizer): Tokenizer {
  const MarkdownIt = like.constructor as new (preset: string, options: object) => Tokenizer;
  const tokenizer = new MarkdownIt("commonmark", { html: false });
  tokenizer.enable("strikethrough");
  tokenizer.disable("image");
  addMath(tokenizer);
  addDiagrams(tokenizer);
  tokenizer.core.ruler.push("tasks", (state) => markTasks(state.tokens));
  tokenizer.inline.ruler.before("autolink", "underline", (state, silent) => {
    const match = /^<(\/?)u>/i.exec(state.src.slice(state.pos, state.pos + 4));
    if (!match) return false;
    if (!silent) state.push(match[1] ? "u_close" : "u_open", "u", match[1] ? -1 : 1);
    state.pos += match[0].length;
    return true;
  });
  return tokenizer;
}

const BOX = /^\[([ xX])\](?:\s+|$)/;

/** Renames the tokens of each list that has at least one item with a box, and takes the boxes out of the text. */
function markTasks(tokens: Token[]): void {
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

function closing(tokens: Token[], open: number): number {
  const level = tokens[open]?.level;
  const type = tokens[open]?.type.replace(/_open$/, "_close");
  for (let i = open + 1; i < tokens.length; i++) {
    if (tokens[i]?.level === level && tokens[i]?.nesting === -1 && tokens[i]?.type === type) return i;
  }
  return tokens.length - 1;
}

function rename(token: Token | undefined, type: string): void {
  if (token) token.type = type;
}

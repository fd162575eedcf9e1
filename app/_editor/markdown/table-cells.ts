// A cell of a document holds blocks, one of Markdown's pipes a line of text: the line becomes a paragraph, aligned as
// its column.
import type { Token } from "#app/_editor/markdown/tokens.ts";

type Make = (type: string, tag: string, nesting: -1 | 0 | 1) => Token;

export function wrapCells(tokens: Token[], make: Make): Token[] {
  return tokens.flatMap((token, index) => {
    const cell = tokens[index - 1];
    if (token.type !== "inline" || (cell?.type !== "th_open" && cell?.type !== "td_open")) return [token];
    const open = make("paragraph_open", "p", 1);
    const align = /text-align:(\w+)/.exec(cell.attrGet("style") ?? "")?.[1];
    if (align) open.attrSet("align", align);
    return [open, token, make("paragraph_close", "p", -1)];
  });
}

// GitHub's alerts: a quote that begins with a line like `[!NOTE]` is a callout.
import { closing, rename, type Token } from "#app/_editor/markdown/tokens.ts";

const SIGN = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)/i;

/** Before the text of the tokens is read: an escaped bracket is still escaped. */
export function markCallouts(tokens: Token[]): void {
  for (let i = 0; i < tokens.length; i++) {
    const inline = tokens[i + 2];
    if (tokens[i]?.type !== "blockquote_open" || tokens[i + 1]?.type !== "paragraph_open" || !inline) continue;
    const match = SIGN.exec(inline.content);
    if (!match?.[1]) continue;
    rename(tokens[closing(tokens, i)], "callout_close");
    rename(tokens[i], "callout_open");
    tokens[i]?.attrSet("kind", match[1].toLowerCase());
    inline.content = inline.content.slice(match[0].length);
    if (inline.content.trim() === "") tokens.splice(i + 1, 3);
  }
}

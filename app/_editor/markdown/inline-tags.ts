// Marks that Markdown has no sign for are written as HTML tags: <u>, <mark>, <sub>, <sup>. Other HTML stays text.
import type { Tokenizer } from "#app/_editor/markdown/tokens.ts";

const TAG = /^<(\/?)(u|mark|sub|sup)>/i;
const LONGEST = "</mark>".length;

export function addInlineTags(tokenizer: Tokenizer): void {
  tokenizer.inline.ruler.before("autolink", "inline_tags", (state, silent) => {
    const match = TAG.exec(state.src.slice(state.pos, state.pos + LONGEST));
    const name = match?.[2]?.toLowerCase();
    if (!match || !name) return false;
    // Not as an opening and a closing one: markdown-it would fail over a closing tag that nobody opened.
    if (!silent) state.push(match[1] ? `${name}_close` : `${name}_open`, name, 0);
    state.pos += match[0].length;
    return true;
  });
}

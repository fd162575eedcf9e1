// Marks that Markdown has no sign for are written as HTML tags: <u>, <mark>, <sub>, <sup>. Other HTML stays text.
import type { Tokenizer } from "#app/_editor/markdown/tokens.ts";

const TAG = /^<(\/?)(u|mark|sub|sup)>/i;
const LONGEST = "</mark>".length;

export function addInlineTags(tokenizer: Tokenizer): void {
  tokenizer.inline.ruler.before("autolink", "inline_tags", (state, silent) => {
    const match = TAG.exec(state.src.slice(state.pos, state.pos + LONGEST));
    const name = match?.[2]?.toLowerCase();
    if (!match || !name) return false;
    if (!silent) state.push(match[1] ? `${name}_close` : `${name}_open`, name, match[1] ? -1 : 1);
    state.pos += match[0].length;
    return true;
  });
}

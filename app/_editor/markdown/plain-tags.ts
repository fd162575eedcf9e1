// What our Markdown knows beyond the tokenizer's own: `<br>`, and the tags by which bold, italic and struck words are
// written where the signs for them would not be understood, as in `<strong>a.</strong>b`. Links keep their address as
// it is; one that is not safe stays text.
import type { MarkdownParser } from "prosemirror-markdown";
import { isSafeHref } from "#app/_editor/markdown/href.ts";

/** Mark of the schema to tag of HTML. */
export const plainTags: Record<string, string> = { strong: "strong", em: "em", strike: "s" };

const TAG = /^<(?:br ?\/?|(\/?)(strong|em|s))>/i;

export function addPlainTags(tokenizer: MarkdownParser["tokenizer"]): MarkdownParser["tokenizer"] {
  // A list in a list counts twice, and documents of people are deeper than the 20 of CommonMark's preset.
  tokenizer.set({ maxNesting: 200 } as Parameters<typeof tokenizer.set>[0]);
  tokenizer.validateLink = (url) => isSafeHref(url) || url.startsWith("mention:");
  tokenizer.normalizeLink = (url) => url;
  tokenizer.inline.ruler.before("autolink", "plain_tags", (state, silent) => {
    const match = TAG.exec(state.src.slice(state.pos, state.pos + 10));
    if (!match) return false;
    const [whole, slash, tag] = match;
    if (!silent) {
      if (tag) state.push(`${tag.toLowerCase()}_${slash ? "close" : "open"}`, tag.toLowerCase(), slash ? -1 : 1);
      else state.push("hardbreak", "br", 0);
    }
    state.pos += whole.length;
    return true;
  });
  return tokenizer;
}

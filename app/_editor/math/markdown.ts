// Formulas in Markdown: `$…$` in a sentence, `$$` on lines of their own. As in Pandoc a dollar opens only before a
// letter and closes only behind one, and not before a digit, so prices stay text. What that cannot say is written as
// on GitHub, $`…`$.
import type { MarkdownParser } from "prosemirror-markdown";

type Tokenizer = MarkdownParser["tokenizer"];

const PLAIN = /^(?=[^\s$])((?:\\[^\n]|[^\\$\n])*?(?:\\[^\n\s]|[^\\$\s]))\$(?!\d)/;
const TICKED = /^(`+)([^\n]*?[^`\n])\1\$/;

export function addMath(tokenizer: Tokenizer): void {
  tokenizer.inline.ruler.after("escape", "math", (state, silent) => {
    if (state.src[state.pos] !== "$") return false;
    const rest = state.src.slice(state.pos + 1, state.posMax);
    const ticked = TICKED.exec(rest);
    const match = ticked ?? PLAIN.exec(rest);
    if (!match) return false;
    if (!silent) state.push("math_inline", "", 0).content = (ticked ? match[2] : match[1]) ?? "";
    state.pos += match[0].length + 1;
    return true;
  });
  tokenizer.block.ruler.before(
    "fence",
    "math",
    (state, first, last, silent) => {
      const line = (index: number) =>
        state.src.slice((state.bMarks[index] ?? 0) + (state.tShift[index] ?? 0), state.eMarks[index]).trim();
      if ((state.sCount[first] ?? 0) - state.blkIndent >= 4) return false;
      const [, fence = "", rest = ""] = /^(\${2,})(.*)$/.exec(line(first)) ?? [];
      const isOneLine = rest.length > fence.length && rest.endsWith(fence);
      if (!fence || (rest !== "" && !isOneLine)) return false;
      if (silent) return true;
      let end = first;
      let isClosed = isOneLine;
      while (!isClosed && ++end < last) {
        if (line(end) !== "" && (state.sCount[end] ?? 0) < state.blkIndent) break;
        isClosed = line(end) === fence;
      }
      const token = state.push("math_block", "", 0);
      token.content = isOneLine
        ? rest.slice(0, -fence.length).trim()
        : state.getLines(first + 1, end, state.sCount[first] ?? 0, true);
      token.block = true;
      token.map = [first, end];
      state.line = end + (isClosed ? 1 : 0);
      return true;
    },
    { alt: ["paragraph", "reference", "blockquote", "list"] },
  );
}

/** `next` is the text right after the formula. */
export function inlineMath(written: string, next: string): string {
  const source = written.replaceAll("\n", " ");
  if (source === "") return "";
  if (!/^\d/.test(next) && PLAIN.exec(`${source}$`)?.[1] === source) return `$${source}$`;
  const longest = Math.max(0, ...(source.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `$${ticks}${source}${ticks}$`;
}

/** Longer than any line of dollars inside. */
export function mathFence(source: string): string {
  const lines = source.match(/^\s*\${2,}\s*$/gm) ?? [];
  return "$".repeat(Math.max(2, ...lines.map((line) => line.trim().length + 1)));
}

// Formulas in Markdown: `$…$` in a sentence, `$$` on lines of their own. As in Pandoc a dollar opens only before a
// letter and closes only behind one, and not before a digit, so prices stay text. What that cannot say is written as
// on GitHub, $`…`$.
import type { MarkdownParser } from "prosemirror-markdown";

type Tokenizer = MarkdownParser["tokenizer"];

const PLAIN = /^(?=[^\s$])((?:\\[^\n]|[^\\$\n])*?(?:\\[^\n\s]|[^\\$\s]))\$(?!\d)/;

export function addMath(tokenizer: Tokenizer): void {
  tokenizer.inline.ruler.after("escape", "math", (state, silent) => {
    if (state.src[state.pos] !== "$") return false;
    const found = findTicked(state) ?? findPlain(state);
    if (!found) return false;
    if (!silent) state.push("math_inline", "", 0).content = found.source;
    state.pos = found.end;
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

interface Found {
  source: string;
  /** Right behind the closing dollar. */
  end: number;
}

/** A text in which `pos` is at a dollar; what begins at `posMax` is not looked at. */
interface Place {
  src: string;
  pos: number;
  posMax: number;
}

function findPlain({ src, pos, posMax }: Place): Found | null {
  const match = PLAIN.exec(src.slice(pos + 1, posMax));
  return match && { source: match[1] ?? "", end: pos + 1 + match[0].length };
}

/** With as many backticks as possible on both sides, on one line. */
function findTicked(place: Place): Found | null {
  const { src, pos, posMax } = place;
  let ticks = 0;
  while (pos + 1 + ticks < posMax && src[pos + 1 + ticks] === "`") ticks++;
  if (ticks === 0) return null;
  const { closing, lines } = signsOf(place);
  const lineEnd = firstAfter(lines, pos) ?? src.length;
  for (; ticks > 0; ticks--) {
    const close = firstAfter(closing.get(ticks) ?? [], pos + 1);
    if (close !== undefined && close < lineEnd && close + ticks < posMax) {
      return { source: src.slice(pos + 1 + ticks, close), end: close + ticks + 1 };
    }
  }
  return null;
}

interface Signs {
  /** Number of backticks to where so many stand before a dollar. */
  closing: Map<number, number[]>;
  /** Ends of lines. */
  lines: number[];
}

/** Found once for each text: looking for the end of each formula anew takes time that grows with its square. */
const signs = new WeakMap<Place, Signs>();

function signsOf(place: Place): Signs {
  const known = signs.get(place);
  if (known) return known;
  const { src } = place;
  const found: Signs = { closing: new Map(), lines: [] };
  let ticks = 0;
  for (let at = 0; at < src.length; at++) {
    if (src[at] === "\n") found.lines.push(at);
    if (src[at] === "$" && ticks > 0) {
      const same = found.closing.get(ticks);
      if (same) same.push(at - ticks);
      else found.closing.set(ticks, [at - ticks]);
    }
    ticks = src[at] === "`" ? ticks + 1 : 0;
  }
  signs.set(place, found);
  return found;
}

/** The first of these ascending numbers that is larger than `limit`. */
function firstAfter(numbers: number[], limit: number): number | undefined {
  let low = 0;
  for (let high = numbers.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) > limit) high = middle;
    else low = middle + 1;
  }
  return numbers[low];
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

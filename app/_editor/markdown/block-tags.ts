// Blocks that Markdown has no sign for are written as HTML tags, each on a line of its own, with Markdown between
// them: aligned text in <div align>, collapsibles in <details> with <summary>, page breaks, tables that pipes cannot
// say, pictures with a caption. GitHub reads them too. A tag without its partner, and every other tag, stays text.
import { type Make, pairTags, pushParagraph, TAG_LINE } from "#app/_editor/markdown/pair-tags.ts";
import type { Tokenizer } from "#app/_editor/markdown/tokens.ts";

interface Tag {
  /** Its name; a closing one with "/". */
  tag: string;
  attrs?: [string, string][];
  /** The words of a summary that is written on one line. */
  text?: string;
}

const PAGE_BREAK = /^<div style="(?:page-)?break-after: ?(?:page|always);?"><\/div>$/i;
const ALIGN = /^<div align="?(left|center|right|justify)"?>$/i;
const CLOSING = /^<\/(div|details|summary|figure|table|tr|td|th)>$/i;
const OPENING = /^<(summary|figure|table|tr)>$/i;
const FIGURE = /^<figure style="width: ?(\d{1,3})%;?">$/i;
const CELL = /^<(td|th)((?: (?:colspan|rowspan)="\d{1,4}")*)>$/i;
const SUMMARY = /^<summary>(.*)<\/summary>$/i;
const DETAILS = /^<details(?: open)?>(<summary>.*<\/summary>)?$/i;

function tagsOf(line: string): Tag[] | null {
  if (PAGE_BREAK.test(line)) return [{ tag: "page_break" }];
  const align = ALIGN.exec(line)?.[1];
  if (align) return [{ tag: "div", attrs: [["align", align.toLowerCase()]] }];
  const width = FIGURE.exec(line)?.[1];
  if (width) return [{ tag: "figure", attrs: [["width", width]] }];
  const plain = (CLOSING.exec(line)?.[1] && line.slice(1, -1)) ?? OPENING.exec(line)?.[1];
  if (plain) return [{ tag: plain.toLowerCase() }];
  const cell = CELL.exec(line);
  if (cell?.[1]) {
    const attrs = [...(cell[2] ?? "").matchAll(/(\w+)="(\d+)"/g)].map(([, name = "", value = ""]) => [name, value]);
    return [{ tag: cell[1].toLowerCase(), attrs: attrs as [string, string][] }];
  }
  const summary = SUMMARY.exec(line)?.[1];
  if (summary !== undefined) return [{ tag: "summary" }, { tag: "text", text: summary }, { tag: "/summary" }];
  const details = DETAILS.exec(line);
  return details ? [{ tag: "details" }, ...(details[1] ? (tagsOf(details[1]) ?? []) : [])] : null;
}

export function addBlockTags(tokenizer: Tokenizer): void {
  tokenizer.block.ruler.before(
    "paragraph",
    "block_tags",
    (state, startLine, _endLine, silent) => {
      const at = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
      if (state.src[at] !== "<" || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
      const line = state.src.slice(at, state.eMarks[startLine]).trim();
      const tags = tagsOf(line);
      if (!tags) return false;
      if (silent) return true;
      state.line = startLine + 1;
      const push: Make = (...args) => state.push(...(args as [string, string, 0]));
      for (const { tag, attrs = [], text } of tags) {
        if (tag === "page_break") push("page_break", "", 0);
        else if (text !== undefined) pushParagraph(push, text);
        else {
          const token = push(TAG_LINE, tag, 0);
          token.content = line;
          for (const [name, value] of attrs) token.attrSet(name, value);
        }
      }
      return true;
    },
    { alt: ["paragraph", "reference", "blockquote", "list"] },
  );
  tokenizer.core.ruler.after("block", "pair_tags", (state) => {
    state.tokens = pairTags(state.tokens, (...args) => new state.Token(...(args as [string, string, 0])));
  });
}

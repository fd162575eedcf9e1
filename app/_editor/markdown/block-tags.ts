// Blocks that Markdown has no sign for are written as HTML tags, each on a line of its own, with Markdown between
// them: aligned text in <div align>, collapsibles in <details> with <summary>, page breaks. GitHub reads them too.
// A tag without its partner, and every other tag, stays text.
import type { Token, Tokenizer } from "#app/_editor/markdown/tokens.ts";

const ALIGN = /^<div align="?(left|center|right|justify)"?>$/i;
const PAGE_BREAK = /^<div style="(?:page-)?break-after: ?(?:page|always);?"><\/div>$/i;
const DETAILS = /^<details(?: open)?>(<summary>.*<\/summary>)?$/i;
const SUMMARY = /^<summary>(.*)<\/summary>$/i;
const LINE = "tag_line";

/** The line as the tags it holds: the name with "/" for a closing one, and text of a summary in between. */
function tagsOf(line: string): { tag: string; align?: string; text?: string }[] | null {
  const align = ALIGN.exec(line)?.[1];
  if (align) return [{ tag: "align", align: align.toLowerCase() }];
  if (PAGE_BREAK.test(line)) return [{ tag: "page_break" }];
  const closing = /^<\/(div|details|summary)>$/i.exec(line)?.[1]?.toLowerCase();
  if (closing) return [{ tag: closing === "div" ? "/align" : `/${closing}` }];
  if (/^<summary>$/i.test(line)) return [{ tag: "summary" }];
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
      for (const { tag, align, text } of tags) {
        if (tag === "page_break") state.push("page_break", "", 0);
        else if (text !== undefined) pushParagraph(state, text);
        else {
          const token = state.push(LINE, tag, 0);
          token.content = line;
          if (align) token.attrSet("align", align);
        }
      }
      return true;
    },
    { alt: ["paragraph", "reference", "blockquote", "list"] },
  );
  tokenizer.core.ruler.after("block", "pair_tags", (state) => {
    state.tokens = pair(state.tokens, (type, tag, nesting) => new state.Token(type, tag, nesting as 0));
  });
}

interface Pushes {
  push(type: string, tag: string, nesting: -1 | 0 | 1): Token;
}

function pushParagraph(state: Pushes, text: string): void {
  state.push("paragraph_open", "p", 1);
  const inline = state.push("inline", "", 0);
  inline.content = text.trim();
  inline.children = [];
  state.push("paragraph_close", "p", -1);
}

/** Tag lines to tokens that open and close; what has no partner becomes a paragraph again. */
function pair(tokens: Token[], make: Pushes["push"]): Token[] {
  const partner = new Map<number, number>();
  let open: { index: number; tag: string; level: number }[] = [];
  tokens.forEach((token, index) => {
    if (token.nesting === -1) open = open.filter(({ level }) => level <= token.level);
    if (token.type !== LINE) return;
    const { tag, level } = token;
    if (!tag.startsWith("/")) {
      open.push({ index, tag, level });
      return;
    }
    const at = open.findLastIndex((other) => other.tag === tag.slice(1) && other.level === level);
    const found = open[at];
    if (!found) return;
    partner.set(found.index, index).set(index, found.index);
    open = open.slice(0, at);
  });
  const aligned: string[] = [];
  return tokens.flatMap((token, index) => {
    if (token.type !== LINE) {
      const align = aligned.at(-1);
      if (align && (token.type === "paragraph_open" || token.type === "heading_open")) token.attrSet("align", align);
      return [token];
    }
    if (!partner.has(index)) return asText(token, make);
    if (token.tag === "align") aligned.push(token.attrGet("align") ?? "");
    if (token.tag === "/align") aligned.pop();
    if (token.tag === "details") return [make("details_open", "details", 1)];
    return token.tag === "/details" ? [make("details_close", "details", -1)] : [];
  });
}

function asText(token: Token, make: Pushes["push"]): Token[] {
  const made: Token[] = [];
  pushParagraph({ push: (...args) => made[made.push(make(...args)) - 1] as Token }, token.content);
  return made;
}

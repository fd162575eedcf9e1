// Lines with tags become tokens that open and close. What has no partner in the same container, and rows and cells
// that are not in a table, becomes text again.
import type { Token } from "#app/_editor/markdown/tokens.ts";

/** Makes a token, and puts it where tokens go. */
export type Make = (type: string, tag: string, nesting: -1 | 0 | 1) => Token;

/** Type of the token for one tag, before its partner is known. */
export const TAG_LINE = "tag_line";
/** Tags that are nodes of the document; the others only say something about what is between them. */
const NODES = new Set(["details", "figure", "table", "tr", "td", "th"]);

export function pushParagraph(push: Make, text: string): void {
  push("paragraph_open", "p", 1);
  const inline = push("inline", "", 0);
  inline.content = text.trim();
  inline.children = [];
  push("paragraph_close", "p", -1);
}

export function pairTags(tokens: Token[], make: Make): Token[] {
  const partner = partners(tokens);
  keepWholeTables(tokens, partner);
  const aligned: string[] = [];
  return tokens.flatMap((token, index) => {
    if (token.type !== TAG_LINE) {
      const align = aligned.at(-1);
      if (align && (token.type === "paragraph_open" || token.type === "heading_open")) token.attrSet("align", align);
      return [token];
    }
    if (!partner.has(index)) {
      const text: Token[] = [];
      pushParagraph((...args) => text[text.push(make(...args)) - 1] as Token, token.content);
      return text;
    }
    if (token.tag === "div") aligned.push(token.attrGet("align") ?? "");
    if (token.tag === "/div") aligned.pop();
    const name = token.tag.replace("/", "");
    if (!NODES.has(name)) return [];
    const node = token.tag === name ? make(`${name}_open`, name, 1) : make(`${name}_close`, name, -1);
    node.attrs = token.attrs;
    return [node];
  });
}

/** Index of each tag to the index of its partner, both ways. */
function partners(tokens: Token[]): Map<number, number> {
  const partner = new Map<number, number>();
  let open: { index: number; tag: string; level: number }[] = [];
  tokens.forEach((token, index) => {
    if (token.nesting === -1) open = open.filter(({ level }) => level <= token.level);
    if (token.type !== TAG_LINE) return;
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
  return partner;
}

/** A table has rows and nothing else, a row cells and nothing else: other tags of tables lose their partner. */
function keepWholeTables(tokens: Token[], partner: Map<number, number>): void {
  const whole = new Set<number>();
  const children = (open: number, tags: string[]): number[] | null => {
    const end = partner.get(open) ?? open;
    const found: number[] = [];
    for (let i = open + 1; i < end; i = (partner.get(i) ?? end) + 1) {
      if (tokens[i]?.type !== TAG_LINE || !tags.includes(tokens[i]?.tag ?? "") || !partner.has(i)) return null;
      found.push(i);
    }
    return found;
  };
  tokens.forEach((token, index) => {
    if (token.type !== TAG_LINE || token.tag !== "table" || !partner.has(index)) return;
    const rows = children(index, ["tr"]);
    const cells = rows?.map((row) => children(row, ["td", "th"]));
    if (!rows?.length || !cells || cells.includes(null)) return;
    for (const open of [index, ...rows, ...cells.flatMap((row) => row ?? [])]) {
      whole.add(open).add(partner.get(open) ?? open);
    }
  });
  for (const index of [...partner.keys()]) {
    if (/^\/?(table|tr|td|th)$/.test(tokens[index]?.tag ?? "") && !whole.has(index)) partner.delete(index);
  }
}

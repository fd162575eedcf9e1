// A small vocabulary for writing documents down as literals: each word makes one node of the editor's schema.
// Whether the schema agrees is checked where the editor is; here they are plain data.

export interface Mark {
  type: string;
  attrs?: Record<string, unknown>;
}

export type Content =
  | { type: "text"; text: string; marks?: Mark[] }
  | { type: string; text?: never; attrs?: Record<string, unknown>; content?: Content[] };

/** Plain text, or what `strong`, `link` and the like made. */
type Inline = string | Content;

function inline(parts: Inline[]): Content[] {
  return parts.map((part) => (typeof part === "string" ? { type: "text", text: part } : part));
}

const mark = (type: string) => (text: string) => ({ type: "text" as const, text, marks: [{ type }] });
export const strong = mark("strong");
export const em = mark("em");
export const underline = mark("underline");
export const strike = mark("strike");
export const code = mark("code");

export function link(text: string, href: string): Content {
  return { type: "text", text, marks: [{ type: "link", attrs: { href, title: null } }] };
}

export function paragraph(...parts: Inline[]): Content {
  return { type: "paragraph", content: inline(parts) };
}

export function heading(level: number, text: string): Content {
  return { type: "heading", attrs: { level }, content: inline([text]) };
}

export function quote(...paragraphs: string[]): Content {
  return { type: "blockquote", content: paragraphs.map((text) => paragraph(text)) };
}

/** An entry of a list: its own text, then what stands below it. */
type Entry = Inline | Inline[] | Content[];

function itemContent(entry: Entry): Content[] {
  const parts = Array.isArray(entry) ? entry : [entry];
  const own = parts.filter((part) => typeof part === "string" || part.type === "text");
  const below = parts.filter((part): part is Content => typeof part !== "string" && part.type !== "text");
  return [paragraph(...own), ...below];
}

export function bullets(...entries: Entry[]): Content {
  const content = entries.map((entry) => ({ type: "list_item", content: itemContent(entry) }));
  return { type: "bullet_list", content };
}

export function numbered(...entries: Entry[]): Content {
  const content = entries.map((entry) => ({ type: "list_item", content: itemContent(entry) }));
  return { type: "ordered_list", attrs: { order: 1 }, content };
}

export function tasks(...entries: [checked: boolean, ...parts: Inline[]][]): Content {
  const content = entries.map(([checked, ...parts]) => ({
    type: "task_item",
    attrs: { checked },
    content: itemContent(parts),
  }));
  return { type: "task_list", content };
}

export function codeBlock(language: string | null, text: string): Content {
  return { type: "code_block", attrs: { language }, content: inline([text]) };
}

export const divider: Content = { type: "horizontal_rule" };
export const lineBreak: Content = { type: "hard_break" };

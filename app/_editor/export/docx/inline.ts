// What stands in a line of a Word file: runs of text with their marks, links, line breaks.
import { ExternalHyperlink, type IRunOptions, type ParagraphChild, TextRun } from "docx";
import type { Mark, Node } from "prosemirror-model";
import { safeUrl } from "#app/_editor/link/url.ts";

type Look = Omit<IRunOptions, "children" | "text" | "break">;

/** How a mark looks; one that is not here leaves the text as it is. */
const looks: Record<string, Look> = {
  strong: { bold: true },
  em: { italics: true },
  underline: { underline: {} },
  strike: { strike: true },
  code: { style: "CodeChar" },
  highlight: { highlight: "yellow" },
  subscript: { subScript: true },
  superscript: { superScript: true },
};

export function inlineOf(parent: Node, look: Look = {}): ParagraphChild[] {
  const children: ParagraphChild[] = [];
  parent.forEach((node) => {
    const href = hrefOf(node.marks);
    const runs = runsOf(node, { ...look, ...lookOf(node.marks), ...(href ? { style: "Hyperlink" } : {}) });
    children.push(...(href ? [new ExternalHyperlink({ link: href, children: runs })] : runs));
  });
  return children;
}

function runsOf(node: Node, look: Look): ParagraphChild[] {
  if (node.type.name === "hard_break") return [new TextRun({ ...look, break: 1 })];
  if (!node.isText && node.inlineContent) return inlineOf(node, look);
  return textOf(node)
    .split("\n")
    .map((text, index) => new TextRun({ ...look, text, ...(index > 0 ? { break: 1 } : {}) }));
}

function lookOf(marks: readonly Mark[]): Look {
  return Object.assign({}, ...marks.map((mark) => looks[mark.type.name] ?? {}));
}

/** Only whole addresses: outside of this site a path leads nowhere. */
function hrefOf(marks: readonly Mark[]): string | null {
  const href = safeUrl(marks.find((mark) => mark.type.name === "link")?.attrs.href);
  return href && URL.canParse(href) ? href : null;
}

/** What a node says, also one that is not known here: its text, or what it is called. */
export function textOf(node: Node): string {
  if (node.isText) return clean(node.text ?? "");
  const { alt, label, name, title } = node.attrs as Record<string, unknown>;
  const said = [node.type.spec.leafText?.(node), node.textContent, alt, label, name, title];
  return clean(String(said.find((word) => typeof word === "string" && word !== "") ?? ""));
}

/** Without the control characters that XML 1.0 cannot hold: Word would not open the file. */
export function clean(text: string): string {
  return [...text].filter((char) => char >= " " || char === "\n" || char === "\t").join("");
}

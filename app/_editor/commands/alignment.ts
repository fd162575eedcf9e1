// Alignment is an attribute of paragraphs and headings: what they share of it, and the command that sets it. Stored
// only where it differs from where the text would begin by its own direction.
import type { MarkdownSerializerState } from "prosemirror-markdown";
import type { Node } from "prosemirror-model";
import type { Command, EditorState } from "prosemirror-state";
import type { Key, MenuEntry } from "#app/_editor/block.ts";

export type Align = "left" | "center" | "right" | "justify";

/** For the attrs of a node spec. */
export const alignAttr = { align: { default: null as Align | null } };

const options: { align: Align; title: string; key: string }[] = [
  { align: "left", title: "Align left", key: "Mod-Shift-l" },
  { align: "center", title: "Align centre", key: "Mod-Shift-e" },
  { align: "right", title: "Align right", key: "Mod-Shift-r" },
  { align: "justify", title: "Justify", key: "Mod-Shift-j" },
];

export function alignOf(value: unknown): Align | null {
  return options.find(({ align }) => align === value)?.align ?? null;
}

/** What pasted HTML says. Left is what most programs say of everything, so only our own pages mean it. */
export function alignIn(element: Element): Align | null {
  const own = alignOf(element.getAttribute("data-align"));
  const style = /text-align:\s*(\w+)/i.exec(element.getAttribute("style") ?? "")?.[1];
  const foreign = alignOf((style ?? element.getAttribute("align") ?? "").toLowerCase());
  return own ?? (foreign === "left" ? null : foreign);
}

/** The attributes of the element. Not a style: the page's policy forbids styles in attributes. */
export function alignDom(node: Node): Record<string, string> {
  const align = alignOf(node.attrs.align);
  return align ? { "data-align": align } : {};
}

/** Markdown: an aligned block stands between two tags. */
export function writeAligned(state: MarkdownSerializerState, node: Node, write: () => void): void {
  const align = alignOf(node.attrs.align);
  if (align) {
    state.write(`<div align="${align}">`);
    state.closeBlock(node);
  }
  write();
  state.closeBlock(node);
  if (align) {
    state.write("</div>");
    state.closeBlock(node);
  }
}

const STRONG = /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u;

/** Where the text begins by itself, as `dir="auto"` decides it: by its first letter. */
function natural(node: Node): Align {
  const letter = /\p{L}/u.exec(node.textContent)?.[0];
  return letter && STRONG.test(letter) ? "right" : "left";
}

function alignable(state: EditorState): { node: Node; pos: number }[] {
  const found: { node: Node; pos: number }[] = [];
  const { from, to } = state.selection;
  state.doc.nodesBetween(from, to, (node, pos) => {
    if (node.isTextblock && node.type.spec.attrs?.align) found.push({ node, pos });
  });
  return found;
}

function alignTo(align: Align): Command {
  return (state, dispatch) => {
    const found = alignable(state);
    if (found.length === 0) return false;
    const tr = state.tr;
    for (const { node, pos } of found) tr.setNodeAttribute(pos, "align", align === natural(node) ? null : align);
    dispatch?.(tr);
    return true;
  };
}

function isAligned(align: Align): (state: EditorState) => boolean {
  return (state) => {
    const found = alignable(state);
    return found.length > 0 && found.every(({ node }) => (alignOf(node.attrs.align) ?? natural(node)) === align);
  };
}

export const alignKeys = (): Key[] => options.map(({ align, title, key }) => ({ key, title, command: alignTo(align) }));

export const alignMenu = (): MenuEntry[] =>
  options.map(({ align, title }) => ({
    id: `align-${align}`,
    title,
    icon: `align-${align}`,
    place: "align",
    command: alignTo(align),
    active: isAligned(align),
  }));

// What Markdown can say of a document. It has no empty paragraphs, no space at the ends of a line, no bold space, no
// line break at the end of a paragraph; here they go, so that what is written is what is read back.
import { Fragment, type Mark, type Node, type Schema } from "prosemirror-model";
import { isSafeHref, writtenHref } from "#app/_editor/markdown/href.ts";

/** One character, or a node that is no text. */
interface Unit {
  node: Node;
  marks: readonly Mark[];
}

/** A document that comes back from Markdown as it is. `expelled`: marks that do not begin or end with a space. */
export function markdownForm(doc: Node, expelled: ReadonlySet<string>): Node {
  const change = (node: Node): Node => {
    if (node.isTextblock)
      return node.type.spec.code ? plainCode(node) : plainIfEmpty(node.copy(inlineForm(node, expelled)));
    return node.isLeaf || node.isText ? node : node.copy(Fragment.from(node.children.map(change)));
  };
  return dropEmpty(change(doc));
}

/** Nothing cannot be aligned. */
function plainIfEmpty(node: Node): Node {
  return isEmptyParagraph(node) ? node.type.create() : node;
}

/** The first block of these has a meaning of its own, even if it is empty. */
const KEEPS_FIRST = new Set(["collapsible"]);

/** Without the empty paragraphs that are not alone. */
export function dropEmpty(node: Node): Node {
  if (node.isLeaf || node.isTextblock) return node;
  const children = node.children.map(dropEmpty);
  const kept = children.filter(
    (child, index) => !isEmptyParagraph(child) || (index === 0 && KEEPS_FIRST.has(node.type.name)),
  );
  const isShorter = kept.length > 0 && node.type.validContent(Fragment.from(kept));
  return node.copy(Fragment.from(isShorter ? kept : children.slice(0, kept.length > 0 ? undefined : 1)));
}

function isEmptyParagraph(node: Node): boolean {
  return node.type.name === "paragraph" && node.childCount === 0;
}

function plainCode(node: Node): Node {
  const text = withoutReturns(node.textContent);
  return node.copy(text === "" ? Fragment.empty : Fragment.from(node.type.schema.text(text)));
}

function inlineForm(block: Node, expelled: ReadonlySet<string>): Fragment {
  const { schema } = block.type;
  let units = block.children.flatMap((child) => toUnits(child, schema));
  units = trimLines(withoutLooseMarks(units, expelled));
  units = trimLines(units.reverse()).reverse();
  return Fragment.from(units.map(({ node, marks }) => node.mark(marks)));
}

function toUnits(node: Node, schema: Schema): Unit[] {
  if (node.inlineContent) return sourceUnit(node);
  // Code and links hold text; the chips among it are links themselves.
  if (!node.isText) return [{ node, marks: isBreak(node) ? node.marks : without(node.marks, "code", "link") }];
  const marks = node.marks.flatMap((mark) => (mark.type.name === "link" ? writtenLink(mark) : [mark]));
  return [...withoutReturns(node.text ?? "")].map((char) =>
    char === "\n" && schema.nodes.hard_break
      ? { node: schema.nodes.hard_break.create(), marks }
      : { node: schema.text(char), marks },
  );
}

/** A formula in a line: its source has no line of its own. Without a source it is nothing. */
function sourceUnit(node: Node): Unit[] {
  const source = withoutReturns(node.textContent).replaceAll("\n", " ");
  if (source.trim() === "") return [];
  return [
    { node: node.copy(Fragment.from(node.type.schema.text(source))), marks: without(node.marks, "code", "link") },
  ];
}

function withoutReturns(text: string): string {
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "");
}

function without(marks: readonly Mark[], ...names: string[]): readonly Mark[] {
  return marks.filter((mark) => !names.includes(mark.type.name));
}

function writtenLink(mark: Mark): Mark[] {
  const { href, title } = mark.attrs;
  if (!isSafeHref(href)) return [];
  const words = typeof title === "string" ? title.replace(/\s+/g, " ").trim() : "";
  return [mark.type.create({ ...mark.attrs, href: writtenHref(href), title: words || null })];
}

function isBreak(node: Node): boolean {
  return node.type.name === "hard_break";
}

function isSpace({ node, marks }: Unit): boolean {
  return /^\s$/.test(node.text ?? "") && !marks.some((mark) => mark.type.name === "code");
}

/** Without space at the start of each line, and without line breaks at the start. */
function trimLines(units: Unit[]): Unit[] {
  let atStart = true;
  const trimmed = units.filter((unit) => {
    if (atStart && isSpace(unit)) return false;
    atStart = isBreak(unit.node);
    return true;
  });
  const first = trimmed.findIndex(({ node }) => !isBreak(node));
  return first === -1 ? [] : trimmed.slice(first);
}

/** A mark stays on space only if it is on both sides of it; where one goes, code goes with it. Breaks have what is around. */
function withoutLooseMarks(units: Unit[], expelled: ReadonlySet<string>): Unit[] {
  const isLoose = ({ node, marks }: Unit) =>
    isBreak(node) || (/^\s$/.test(node.text ?? "") && marks.some((mark) => expelled.has(mark.type.name)));
  const isLooseOrSpace = (unit: Unit) => isLoose(unit) || isSpace(unit);
  const before = nearest(units, isLooseOrSpace);
  const after = nearest(units.toReversed(), isLooseOrSpace).reverse();
  return units.map((unit, index) => {
    if (!isLoose(unit)) return unit;
    const around = (before[index] ?? []).filter((mark) => mark.isInSet(after[index] ?? []));
    if (isBreak(unit.node)) return { ...unit, marks: without(around, "code") };
    const marks = unit.marks.filter((mark) => !expelled.has(mark.type.name) || mark.isInSet(around));
    return { ...unit, marks: marks.length < unit.marks.length ? without(marks, "code") : marks };
  });
}

/** For each unit, the marks of the last one before it that is not passed over. */
function nearest(units: Unit[], isPassed: (unit: Unit) => boolean): (readonly Mark[])[] {
  let near: readonly Mark[] = [];
  return units.map((unit) => {
    const found = near;
    if (!isPassed(unit)) near = unit.marks;
    return found;
  });
}

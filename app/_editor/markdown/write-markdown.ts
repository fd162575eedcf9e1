// Writes a document as Markdown by what each block brings. Text is written with the usual signs, or carefully: every
// sign escaped, and tags for marks whose signs may be misunderstood.
import { type MarkdownSerializer, MarkdownSerializerState } from "prosemirror-markdown";
import type { Node } from "prosemirror-model";
import { escapeAll, escapeText } from "#app/_editor/markdown/escape-text.ts";
import { plainTags } from "#app/_editor/markdown/plain-tags.ts";

type NodeWriters = MarkdownSerializer["nodes"];
type MarkWriters = MarkdownSerializer["marks"];

/** The serializer's state with what its types keep to themselves. */
interface Inner extends MarkdownSerializerState {
  marks: MarkWriters;
  out: string;
  atBlockStart: boolean;
}
const InnerState = MarkdownSerializerState as unknown as new (
  nodes: NodeWriters,
  marks: MarkWriters,
  options: { tightLists: boolean; hardBreakNodeName: string },
) => Inner;

class State extends InnerState {
  isCareful = false;
  readonly #needsCare: (textBlock: Node) => boolean;

  constructor(nodes: NodeWriters, marks: MarkWriters, needsCare: (textBlock: Node) => boolean) {
    // Marks of line breaks are in order already, too.
    super(nodes, marks, { tightLists: true, hardBreakNodeName: "" });
    this.#needsCare = needsCare;
  }

  override renderInline(parent: Node, fromBlockStart?: boolean): void {
    const { marks } = this;
    this.isCareful = this.#needsCare(parent);
    this.marks = mapMarks(marks, this.isCareful);
    super.renderInline(parent, fromBlockStart);
    this.marks = marks;
  }

  writeText(node: Node, parent: Node, index: number): void {
    const text = node.text ?? "";
    const isLineStart = index === 0 ? this.atBlockStart : parent.child(index - 1).type.name === "hard_break";
    this.text(this.isCareful ? escapeAll(text) : escapeText(text, isLineStart), false);
  }
}

/** Space at the ends of marks is gone already; the library would not find all of it. */
function mapMarks(marks: MarkWriters, isCareful: boolean): MarkWriters {
  const map = ([name, mark]: [string, MarkWriters[string]]) => {
    const tag = isCareful ? plainTags[name] : undefined;
    const own = { ...mark, expelEnclosingWhitespace: false, ...(isCareful ? { mixable: false } : {}) };
    return [name, tag ? { ...own, open: `<${tag}>`, close: `</${tag}>` } : own];
  };
  return Object.fromEntries(Object.entries(marks).map(map));
}

/** `doc` in the form of normal-form.ts. `needsCare` is asked for every block of text. */
export function writeMarkdown(
  doc: Node,
  nodes: NodeWriters,
  marks: MarkWriters,
  needsCare: (textBlock: Node) => boolean,
): string {
  const text: NodeWriters[string] = (state, node, parent, index) => (state as State).writeText(node, parent, index);
  const state = new State({ ...nodes, text }, marks, needsCare);
  state.renderContent(doc);
  return state.out;
}

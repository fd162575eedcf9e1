// For tests only: documents made at random from the schema's own content expressions, the same for the same seed. A
// block that is added to the schema takes part by itself; one whose attributes matter has a line in `attributes`.
import type { Attrs, ContentMatch, Mark, MarkType, Node, NodeType, Schema } from "prosemirror-model";

/** In [0, 1), the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const urls = [
  "https://example.org/a_b?c=1&d=(2)",
  "/documents/1",
  "mailto:a@b.org",
  "https://a.b/ü&copy;*x*\\y",
  "#part",
];

/** Values that a node or mark may have, by its name and the attribute's; all others have their defaults. */
const attributes: Record<string, Record<string, readonly unknown[]>> = {
  paragraph: { align: [null, null, null, null, "center", "left", "justify"] },
  heading: { level: [1, 2, 3, 4], align: [null, null, "right"] },
  callout: { kind: ["note", "tip", "warning", "caution"] },
  image: {
    file: ["0b7d9a2e-6d0c-4b7e-9a53-1f2e3d4c5b6a"],
    alt: ["", "a map", 'two [x] "y" *z*'],
    width: [null, 50],
    pixelWidth: [1200],
    pixelHeight: [800],
  },
  file: { file: ["1b7d9a2e-6d0c-4b7e-9a53-1f2e3d4c5b6a"], name: ["minutes.pdf", "[x] *y*.pdf"], size: [0, 1234] },
  mention: { user: ["u_1"], name: ["Ana", "B [c]"] },
  document_link: { document: ["d-1"], title: ["Plan", "*Plan* [b]"] },
  table_cell: { colspan: [1, 1, 2], rowspan: [1, 1, 2] },
  table_header: { colspan: [1, 1, 2] },
  code_block: { language: [null, "ts", "c++"] },
  ordered_list: { order: [1, 1, 0, 2, 9, 99, 123_456_789] },
  task_item: { checked: [true, false] },
  link: { href: urls, title: [null, null, "a title", 'a "b" \\ &amp; c'] },
};

/** Words, and everything that could mean something to Markdown. */
const pieces = [
  ..."\\`*_{}[]()#+-.!<>~|&=:;'\"/@$^%,? ".split(""),
  ..."wörd the a b 1 23 عربي 文書 👋🏽 é x_y a*b 1. 1) - + # ## > ** __ ~~ ``` --- === [x] [ ] [a](b) ![a](b) <u> </u> <br> <b>".split(
    " ",
  ),
  ..."&amp; &#35; https://a.b <https://a.b> a@b.c \\* == :smile: $x$ | || [^1] [!NOTE] :::".split(" "),
  ..."\t|\u00a0|\u200b|\n|\r|  ".split("|"),
];

export class RandomDocument {
  readonly #next: () => number;
  readonly #schema: Schema;

  constructor(schema: Schema, seed: number) {
    this.#schema = schema;
    this.#next = chance(seed);
  }

  make(): Node {
    const doc = this.#node(this.#schema.topNodeType, 0);
    doc.check();
    return doc;
  }

  #below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item;
  }

  #node(type: NodeType, depth: number): Node {
    const attrs = this.#attrs(type);
    if (type.isLeaf) return type.create(attrs);
    const content = type.inlineContent ? this.#inline(type) : this.#blocks(type.contentMatch, depth);
    return type.createChecked(attrs, content);
  }

  /** Walks the automaton of the content expression; deep down it takes the shortest way out. */
  #blocks(start: ContentMatch, depth: number): Node[] {
    const children: Node[] = [];
    let match = start;
    for (let wanted = depth > 4 ? 0 : 1 + this.#below(depth === 0 ? 6 : 3); ; wanted--) {
      if ((wanted <= 0 && match.validEnd) || match.edgeCount === 0) return children;
      const types = Array.from({ length: match.edgeCount }, (_, at) => match.edge(at).type);
      const shallow = types.filter((type) => type.inlineContent || type.isLeaf);
      const type = this.#pick(depth > 3 && shallow.length > 0 ? shallow : types);
      children.push(this.#node(type, depth + 1));
      match = match.matchType(type) as ContentMatch;
    }
  }

  #inline(parent: NodeType): Node[] {
    const types = Object.values(this.#schema.nodes).filter(
      (type) => type.isInline && parent.contentMatch.matchType(type) !== null,
    );
    return Array.from({ length: this.#below(7) }, () => {
      const type =
        this.#next() < 0.75 && parent.contentMatch.matchType(this.#schema.nodes.text as NodeType) ? "text" : "";
      const node =
        type || this.#pick(types).isText
          ? this.#schema.text(this.#text())
          : this.#node(this.#pick(types.filter((one) => !one.isText)), 9);
      return node.mark(this.#marks(parent));
    });
  }

  #text(): string {
    return Array.from({ length: 1 + this.#below(6) }, () => this.#pick(pieces)).join(this.#pick(["", " "]));
  }

  #marks(parent: NodeType): readonly Mark[] {
    const allowed = Object.values(this.#schema.marks).filter((type) => parent.allowsMarkType(type));
    let marks: readonly Mark[] = [];
    if (allowed.length === 0) return marks;
    for (let left = this.#pick([0, 0, 1, 1, 2, 3]); left > 0; left--) {
      const type = this.#pick(allowed);
      marks = type.create(this.#attrs(type)).addToSet(marks);
    }
    return marks;
  }

  /** Throws for an attribute that has neither a default nor a line in `attributes`. */
  #attrs(type: NodeType | MarkType): Attrs {
    const attrs: Record<string, unknown> = {};
    for (const name of Object.keys(type.spec.attrs ?? {})) {
      const values = attributes[type.name]?.[name];
      if (values) attrs[name] = this.#pick(values);
      else if (!("default" in (type.spec.attrs?.[name] ?? {}))) {
        throw new Error(`Say in random-document.test-helper.ts which values "${name}" of ${type.name} may have.`);
      }
    }
    return attrs;
  }
}

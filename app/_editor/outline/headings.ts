// Which headings a document has, and where. Blocks that did not change are not looked into again: what was found in a
// node is kept with it, and a node never changes. What the panel makes of them is outline-panel.tsx.
import type { Node } from "prosemirror-model";

export interface Heading {
  text: string;
  /** 1 to 4 */
  level: number;
}

/** `pos`: before the heading's node, counted from the start of what was looked into. */
export interface PlacedHeading extends Heading {
  pos: number;
}

const LENGTH = 200;
const known = new WeakMap<Node, readonly PlacedHeading[]>();
const none: readonly PlacedHeading[] = [];

/** Those with text, in their order. */
export function headingsOf(doc: Node): readonly PlacedHeading[] {
  return within(doc);
}

/** The same array as `before` if there is no news in it, so that nothing is drawn again. */
export function headingList(doc: Node, before: readonly Heading[]): readonly Heading[] {
  const now = headingsOf(doc);
  const isSame = (heading: Heading, index: number) =>
    heading.text === before[index]?.text && heading.level === before[index]?.level;
  if (now.length === before.length && now.every(isSame)) return before;
  return now.map(({ text, level }) => ({ text, level }));
}

function within(node: Node): readonly PlacedHeading[] {
  let found = known.get(node);
  if (!found) {
    found = look(node);
    known.set(node, found);
  }
  return found;
}

function look(parent: Node): readonly PlacedHeading[] {
  const found: PlacedHeading[] = [];
  parent.forEach((node, offset) => {
    if (node.type.name === "heading") {
      const text = node.textBetween(0, node.content.size, "", " ").trim().slice(0, LENGTH);
      if (text !== "") found.push({ text, level: Number(node.attrs.level), pos: offset });
    } else if (!node.isTextblock && !node.isLeaf) {
      for (const heading of within(node)) found.push({ ...heading, pos: offset + 1 + heading.pos });
    }
  });
  return found.length > 0 ? found : none;
}

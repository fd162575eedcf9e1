// The document's schema, built from the list of blocks, and its fingerprint.
import { type Attrs, type MarkSpec, type NodeSpec, Schema } from "prosemirror-model";
import { blocks } from "#app/_editor/blocks/index.ts";

const nodes: Record<string, NodeSpec> = {};
const marks: Record<string, MarkSpec> = {};
for (const block of blocks) {
  if (block.kind === "node") nodes[block.name] = block.node;
  else marks[block.name] = block.mark;
}

export const schema = new Schema({ nodes, marks });

/** What NodeType has for it; it is called for every node that is made, from whatever source. */
interface ComputesAttrs {
  computeAttrs(attrs: Attrs | null): Attrs;
}

for (const block of blocks) {
  if (block.kind !== "node" || !block.cleanAttrs) continue;
  const { cleanAttrs } = block;
  const type = schema.nodes[block.name] as unknown as ComputesAttrs;
  const compute = type.computeAttrs.bind(type);
  type.computeAttrs = (attrs) => cleanAttrs(compute(attrs));
}

/** The Yjs type of a room that holds the document. */
export const FRAGMENT = "prosemirror";

/**
 * What decides whether an editor understands another one's document: names, content, attributes. When it changes,
 * SCHEMA_VERSION must be raised, or an open tab with the older editor would delete what it does not know.
 */
export function fingerprint(): string {
  const shape = blocks.map((block) =>
    block.kind === "node"
      ? [block.name, block.node.content ?? "", block.node.group ?? "", block.node.marks ?? null, attrs(block.node)]
      : [block.name, block.mark.excludes ?? null, attrs(block.mark)],
  );
  return JSON.stringify(shape);
}

function attrs(spec: NodeSpec | MarkSpec): string[] {
  return Object.keys(spec.attrs ?? {}).sort();
}

// Types by name, for the files in blocks/: a missing one is a mistake in the list of blocks.
import type { MarkType, NodeType, Schema } from "prosemirror-model";

export function nodeOf(schema: Schema, name: string): NodeType {
  const type = schema.nodes[name];
  if (!type) throw new Error(`The schema has no node "${name}".`);
  return type;
}

export function markOf(schema: Schema, name: string): MarkType {
  const type = schema.marks[name];
  if (!type) throw new Error(`The schema has no mark "${name}".`);
  return type;
}

// Pasted plain text as it is, without a meaning.
import { Fragment, type ResolvedPos, Slice } from "prosemirror-model";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

/** An empty line, or a new line, starts a new paragraph; in code nothing is split. */
export function paragraphs(text: string, $context: ResolvedPos): Slice {
  const { schema } = $context.doc.type;
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if ($context.parent.type.spec.code)
    return new Slice(lines ? Fragment.from(schema.text(lines)) : Fragment.empty, 0, 0);
  const marks = $context.marks();
  const nodes = lines
    .split(/\n+/)
    .map((line) => nodeOf(schema, "paragraph").create(null, line ? schema.text(line, marks) : null));
  return Slice.maxOpen(Fragment.from(nodes));
}

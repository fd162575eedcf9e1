// Input rule for a mark: the text between two delimiters keeps its marks and gains one.
import { InputRule } from "prosemirror-inputrules";
import type { Schema } from "prosemirror-model";
import { markOf } from "#app/_editor/commands/lookup.ts";

/** `pattern` ends with `$`; its first group is what stays. Whatever stands before the delimiters is a lookbehind. */
export function markRule(schema: Schema, name: string, pattern: RegExp): InputRule {
  const type = markOf(schema, name);
  return new InputRule(
    pattern,
    (state, match, start, end) => {
      const inner = match[1] ?? "";
      const offset = match[0].indexOf(inner);
      if (!inner || !state.doc.resolve(start).parent.type.allowsMarkType(type)) return null;
      const from = start + offset;
      const tr = state.tr;
      // The last typed character is not in the document yet.
      const to = from + inner.length;
      if (end > to) tr.delete(to, end);
      tr.delete(start, from);
      tr.addMark(start, start + inner.length, type.create());
      return tr.removeStoredMark(type);
    },
    { inCodeMark: false },
  );
}

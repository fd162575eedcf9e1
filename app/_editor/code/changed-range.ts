// Where two documents differ. The maps of the steps do not tell: one that sets an attribute, such as a language, has an
// empty map. Nodes that stayed are the same objects, which makes the comparison cheap.
import type { Node } from "prosemirror-model";
import { Mapping, StepMap } from "prosemirror-transform";

/** Positions: what stood from `from` to `before` in the old document stands from `from` to `after` in the new one. */
export interface ChangedRange {
  from: number;
  before: number;
  after: number;
}

export function changedRange(old: Node, now: Node): ChangedRange | null {
  const from = old.content.findDiffStart(now.content);
  const end = old.content.findDiffEnd(now.content);
  if (from === null || end === null) return null;
  // In "aa" to "aaa" both ends claim the same letters.
  const overlap = Math.max(0, from - Math.min(end.a, end.b));
  return { from, before: end.a + overlap, after: end.b + overlap };
}

/** For what is kept by position, such as decorations. */
export function mappingOf({ from, before, after }: ChangedRange): Mapping {
  return new Mapping([new StepMap([from, before - from, after - from])]);
}

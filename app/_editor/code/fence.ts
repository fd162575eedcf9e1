// Backticks around code in Markdown.
import type { Node } from "prosemirror-model";

/** Longer than any run of backticks inside. */
export function fenceFor(node: Node): string {
  const runs = node.textContent.match(/`{3,}/g) ?? [];
  return "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
}

// What makes an HTML list item a task, and the command that ticks one.
import type { Command } from "prosemirror-state";

/** The checkbox of an `li` that other editors and GitHub render, or null. */
function checkboxOf(element: Element): Element | null {
  for (const child of [...Array.from(element.children), ...Array.from(element.firstElementChild?.children ?? [])]) {
    if (child.tagName.toLowerCase() === "input" && child.getAttribute("type") === "checkbox") return child;
  }
  return null;
}

export function isTask(element: Element): boolean {
  if (element.tagName.toLowerCase() !== "li") return false;
  return element.getAttribute("data-checked") !== null || checkboxOf(element) !== null;
}

export function isDone(element: Element): boolean {
  const own = element.getAttribute("data-checked");
  return own === null ? checkboxOf(element)?.getAttribute("checked") != null : own === "true";
}

/** Ticks or unticks every task that the selection touches. */
export const toggleTask: Command = (state, dispatch) => {
  const { $from, from, to } = state.selection;
  const found: number[] = [];
  for (let depth = $from.depth; depth > 0 && found.length === 0; depth--) {
    if ($from.node(depth).type.name === "task_item") found.push($from.before(depth));
  }
  state.doc.nodesBetween(from, to, (node, pos) => {
    if (node.type.name === "task_item" && pos >= from) found.push(pos);
  });
  if (found.length === 0) return false;
  const checked = found.some((pos) => state.doc.nodeAt(pos)?.attrs.checked !== true);
  const tr = state.tr;
  for (const pos of found) tr.setNodeAttribute(pos, "checked", checked);
  dispatch?.(tr);
  return true;
};

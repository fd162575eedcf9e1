// Commands over all three kinds of list. A list item holds blocks ("block+"), so that two people who change one item
// at the same time cannot make a shape that the schema would refuse.
import type { Node, NodeType, Schema } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { type Command, type EditorState, TextSelection } from "prosemirror-state";
import { nodeOf } from "#app/_editor/commands/lookup.ts";

export const LISTS = ["bullet_list", "ordered_list", "task_list"];
const ITEMS = ["list_item", "task_item"];

/** The list nearest to the selection, its position and depth; null outside a list. */
function listAround(state: EditorState): { node: Node; pos: number } | null {
  const { $from } = state.selection;
  const range = $from.blockRange(state.selection.$to, (node) => LISTS.includes(node.type.name));
  if (!range || !LISTS.includes(range.parent.type.name)) return null;
  return { node: range.parent, pos: range.$from.before(range.depth) };
}

/** Makes the selection a list of this kind; a list of another kind is turned over; the same kind is taken away. */
export function toggleList(schema: Schema, listName: string): Command {
  const list = nodeOf(schema, listName);
  const item = nodeOf(schema, listName === "task_list" ? "task_item" : "list_item");
  return (state, dispatch) => {
    const around = listAround(state);
    if (!around) return wrapInList(list)(state, dispatch);
    if (around.node.type === list) return liftListItem(item)(state, dispatch);
    dispatch?.(turnInto(state, around, list, item).scrollIntoView());
    return true;
  };
}

function turnInto(state: EditorState, { node, pos }: { node: Node; pos: number }, list: NodeType, item: NodeType) {
  const items: Node[] = [];
  node.forEach((child) => {
    items.push(child.type === item ? child : item.create(null, child.content));
  });
  // Same sizes, so every position inside stays what it was.
  const { anchor, head } = state.selection;
  const tr = state.tr.replaceWith(pos, pos + node.nodeSize, list.create(null, items));
  return tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
}

function eitherItem(schema: Schema, make: (item: NodeType) => Command): Command {
  const commands = ITEMS.map((name) => make(nodeOf(schema, name)));
  return (state, dispatch, view) => commands.some((command) => command(state, dispatch, view));
}

/** One level deeper. */
export const indent = (schema: Schema): Command => eitherItem(schema, sinkListItem);

/** One level up; out of the list at the outermost. */
export const outdent = (schema: Schema): Command => eitherItem(schema, liftListItem);

/** A new item; a new task is open even after a done one. */
export const splitItem = (schema: Schema): Command =>
  eitherItem(schema, (item) =>
    item.name === "task_item" ? splitListItem(item, { checked: false }) : splitListItem(item),
  );

/** For Tab in a list: the key must not leave the editor there, whether or not the command applies. */
export function inList(command: Command): Command {
  return (state, dispatch, view) => command(state, dispatch, view) || listAround(state) !== null;
}

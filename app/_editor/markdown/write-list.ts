// Lists of all kinds to Markdown. Lists that touch take turns with their signs, or they would be read as one; and a
// list that begins an item has another sign than the item, because `* * *` is a divider.
import type { MarkdownSerializerState } from "prosemirror-markdown";
import type { Node } from "prosemirror-model";

/** The parts of the serializer's state that its types keep to themselves. */
type State = MarkdownSerializerState & {
  closed: Node | null;
  inTightList: boolean;
  flushClose(size?: number): void;
};

/** The usual sign of each kind, and the one for its turn. */
const signs: Record<string, [string, string]> = {
  bullet_list: ["*", "+"],
  task_list: ["-", "+"],
  ordered_list: [".", ")"],
};

/** Signs of the lists around, by the state that writes. */
const around = new WeakMap<MarkdownSerializerState, string[]>();

/** `first` is the number of an ordered list's first item. */
export function writeList(state: MarkdownSerializerState, list: Node, parent: Node, index: number, first = 1): void {
  const inner = state as State;
  const outer = around.get(state) ?? [];
  around.set(state, outer);
  const sign = signOf(parent, index, outer.at(-1));
  const isNumbered = list.type.name === "ordered_list";
  if (inner.inTightList && inner.closed && mayInterrupt(list, first)) inner.flushClose(1);
  const wasTight = inner.inTightList;
  inner.inTightList = true;
  outer.push(sign);
  const width = String(first + list.childCount - 1).length + 2;
  list.forEach((item, _offset, at) => {
    if (at > 0) inner.flushClose(1);
    const number = `${first + at}${sign} `;
    // Five spaces would begin code.
    const start = isNumbered ? number.padEnd(Math.min(width, number.length + 3)) : `${sign} `;
    state.wrapBlock(" ".repeat(start.length), start, list, () => writeItem(state, item));
  });
  outer.pop();
  inner.inTightList = wasTight;
}

/** Recursive along the lists that stand before it without anything between. */
function signOf(parent: Node, index: number, outer: string | undefined): string {
  const [usual, other] = signs[parent.child(index).type.name] ?? ["*", "+"];
  const before = index > 0 && signs[parent.child(index - 1).type.name];
  const taken = before ? signOf(parent, index - 1, outer) : index === 0 ? outer : undefined;
  return taken === usual ? other : usual;
}

/** Whether it is a list without an empty line before it: not if its first item is empty, or it counts from elsewhere. */
function mayInterrupt(list: Node, first: number): boolean {
  const start = list.firstChild?.firstChild;
  return first === 1 && !(start?.isTextblock && start.childCount === 0);
}

function writeItem(state: MarkdownSerializerState, item: Node): void {
  if (item.type.name !== "task_item") {
    state.renderContent(item);
    return;
  }
  const box = item.attrs.checked ? "[x]" : "[ ]";
  const { firstChild } = item;
  const isText =
    firstChild?.type.name === "paragraph" && Object.values(firstChild.attrs).every((value) => value === null);
  state.write(box);
  if (isText && firstChild.childCount > 0) state.write(" ");
  // Only a paragraph can stand beside its box.
  else state.closeBlock(item);
  state.renderContent(item);
}

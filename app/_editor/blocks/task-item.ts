// One task: a box to tick, and blocks. The view keeps the box usable with mouse, keyboard and screen reader.
import { InputRule } from "prosemirror-inputrules";
import type { Node, Schema } from "prosemirror-model";
import { TextSelection, type Transaction } from "prosemirror-state";
import type { EditorView, NodeView } from "prosemirror-view";
import type { Block } from "#app/_editor/block.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { isDone, isTask, toggleTask } from "#app/_editor/commands/tasks.ts";
import { lockReadOnly } from "#app/_editor/plugins/read-only.ts";
import { words } from "#app/_editor/words.ts";

export const taskItem: Block = {
  kind: "node",
  name: "task_item",
  node: {
    content: "block+",
    defining: true,
    attrs: { checked: { default: false } },
    parseDOM: [
      {
        tag: "li",
        priority: 60,
        getAttrs: (element) => (isTask(element) ? { checked: isDone(element) } : false),
      },
    ],
    toDOM: (node) => [
      "li",
      { "data-checked": node.attrs.checked ? "true" : "false", dir: "auto" },
      ["input", { type: "checkbox", disabled: "", ...(node.attrs.checked ? { checked: "" } : {}) }],
      ["div", 0],
    ],
  },
  keys: () => [{ key: "Mod-Enter", title: "Tick task", command: toggleTask }],
  inputRules: (schema) => [taskRule(schema)],
  view: (node, view, getPos) => createTaskView(node, view, getPos),
  markdownTokens: {
    task_item: { block: "task_item", getAttrs: (token) => ({ checked: token.attrGet("data-checked") === "true" }) },
  },
  toMarkdown: (state, node) => state.renderContent(node),
};

/** `[ ] ` or `[x] ` at the start of a paragraph. In a list of one item, which is how Markdown writers begin, it turns the list. */
function taskRule(schema: Schema): InputRule {
  return new InputRule(/^\s*\[( ?|[xX])\]\s$/, (state, match, start, end) => {
    const { $from } = state.selection;
    if ($from.parent.type.name !== "paragraph") return null;
    const checked = /x/i.test(match[1] ?? "");
    const tr = state.tr.delete(start, end);
    const around = $from.node(-1).type.name;
    if (around === "list_item") return turnList(schema, tr, checked);
    return around === "task_item" ? null : wrapInTask(schema, tr, checked);
  });
}

function wrapInTask(schema: Schema, tr: Transaction, checked: boolean): Transaction | null {
  const range = tr.selection.$from.blockRange();
  const list = nodeOf(schema, "task_list");
  if (!range?.parent.canReplaceWith(range.startIndex, range.endIndex, list)) return null;
  tr.wrap(range, [{ type: list }, { type: nodeOf(schema, "task_item"), attrs: { checked } }]);
  const before = tr.doc.resolve(range.start).nodeBefore;
  return before?.type === list ? tr.join(range.start) : tr;
}

function turnList(schema: Schema, tr: Transaction, checked: boolean): Transaction | null {
  const { $from } = tr.selection;
  const list = $from.node(-2);
  const item = list.firstChild;
  if (list.childCount !== 1 || !item || $from.index(-1) !== 0) return null;
  const task = nodeOf(schema, "task_item").create({ checked }, item.content);
  const pos = $from.before(-2);
  const caret = $from.pos;
  tr.replaceWith(pos, pos + list.nodeSize, nodeOf(schema, "task_list").create(null, task));
  return tr.setSelection(TextSelection.create(tr.doc, caret));
}

function createTaskView(first: Node, view: EditorView, getPos: () => number | undefined): NodeView {
  const dom = view.dom.ownerDocument.createElement("li");
  dom.dir = "auto";
  const label = dom.ownerDocument.createElement("label");
  label.contentEditable = "false";
  const box = dom.ownerDocument.createElement("input");
  box.type = "checkbox";
  const contentDOM = dom.ownerDocument.createElement("div");
  label.append(box);
  dom.append(label, contentDOM);

  const show = (node: Node) => {
    dom.dataset.checked = node.attrs.checked ? "true" : "false";
    box.checked = node.attrs.checked === true;
    box.setAttribute(
      "aria-label",
      words("task.name", { text: node.firstChild?.textContent.slice(0, 80) || words("task.empty") }),
    );
  };
  box.addEventListener("change", () => {
    const pos = getPos();
    if (pos === undefined || !view.editable) {
      box.checked = !box.checked;
      return;
    }
    view.dispatch(view.state.tr.setNodeAttribute(pos, "checked", box.checked).setMeta("intention", true));
  });
  const unlock = lockReadOnly(view, box);
  show(first);
  return {
    dom,
    contentDOM,
    update(node) {
      if (node.type.name !== "task_item") return false;
      show(node);
      return true;
    },
    stopEvent: (event) => label.contains(event.target as globalThis.Node | null),
    ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
    destroy: unlock,
  };
}

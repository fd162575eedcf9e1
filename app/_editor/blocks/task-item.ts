// One task: a box to tick, and blocks. The view keeps the box usable with mouse, keyboard and screen reader.
import { InputRule } from "prosemirror-inputrules";
import type { Node, Schema } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { EditorView, NodeView } from "prosemirror-view";
import type { Block } from "#app/_editor/block.ts";
import { isDone, isTask, toggleTask } from "#app/_editor/commands/tasks.ts";

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
  inputRules: (schema) => [doneTaskRule(schema.nodes), taskInListRule(schema.nodes)],
  view: (node, view, getPos) => createTaskView(node, view, getPos),
  markdownTokens: {
    task_item: { block: "task_item", getAttrs: (token) => ({ checked: token.attrGet("data-checked") === "true" }) },
  },
  toMarkdown: (state, node) => state.renderContent(node),
};

type Nodes = Schema["nodes"];

/** `[x] ` in a paragraph outside a list. */
function doneTaskRule(nodes: Nodes): InputRule {
  return new InputRule(/^\s*\[[xX]\]\s$/, (state, _match, start, end) => {
    const { $from } = state.selection;
    const range = $from.blockRange();
    if ($from.depth !== 1 || !range || !nodes.task_list || !nodes.task_item) return null;
    return state.tr
      .delete(start, end)
      .wrap(range, [{ type: nodes.task_list }, { type: nodes.task_item, attrs: { checked: true } }]);
  });
}

/** `[ ] ` at the start of the only item of a bulleted list, which is how Markdown writers begin tasks. */
function taskInListRule(nodes: Nodes): InputRule {
  return new InputRule(/^\[( ?|[xX])\]\s$/, (state, match, start, end) => {
    const { $from } = state.selection;
    const list = $from.node(-2);
    if ($from.depth < 3 || list?.type.name !== "bullet_list" || list.childCount !== 1) return null;
    if (!nodes.task_list || !nodes.task_item || $from.index(-1) !== 0) return null;
    const tr = state.tr.delete(start, end);
    const pos = tr.mapping.map($from.before(-2));
    const old = tr.doc.nodeAt(pos);
    if (!old?.firstChild) return null;
    const item = nodes.task_item.create({ checked: /x/i.test(match[1] ?? "") }, old.firstChild.content);
    const selection = tr.selection.anchor;
    tr.replaceWith(pos, pos + old.nodeSize, nodes.task_list.create(null, item));
    return tr.setSelection(TextSelection.create(tr.doc, selection));
  });
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
    box.setAttribute("aria-label", `Done: ${node.firstChild?.textContent.slice(0, 80) || "empty task"}`);
  };
  box.addEventListener("change", () => {
    const pos = getPos();
    if (pos === undefined || !view.editable) {
      box.checked = !box.checked;
      return;
    }
    view.dispatch(view.state.tr.setNodeAttribute(pos, "checked", box.checked).setMeta("intention", true));
  });
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
  };
}

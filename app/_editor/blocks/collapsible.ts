// Blocks that can be folded away under the first of them. Whether it is open is each reader's own matter and not in
// the document. It holds "block+", and not a summary and a body, so that two people who change it at the same time
// cannot make a shape that the schema would refuse.
import type { Node } from "prosemirror-model";
import { type Command, TextSelection } from "prosemirror-state";
import type { EditorView, NodeView } from "prosemirror-view";
import type { Block } from "#app/_editor/block.ts";
import { nearestIs } from "#app/_editor/commands/active.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { toggleWrap } from "#app/_editor/commands/wrap.ts";
import { REVEAL } from "#app/_editor/plugins/reveal.ts";
import { words } from "#app/_editor/words.ts";

/** Opens or closes the collapsible around the caret. */
const toggleAround: Command = (state, dispatch, view) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name !== "collapsible") continue;
    if (dispatch && view) (view.nodeDOM($from.before(depth)) as HTMLElement).querySelector("button")?.click();
    return true;
  }
  return false;
};

export const collapsible: Block = {
  kind: "node",
  name: "collapsible",
  node: {
    group: "block",
    content: "block+",
    defining: true,
    parseDOM: [{ tag: "details" }, { tag: "div[data-collapsible]" }],
    toDOM: () => ["div", { "data-collapsible": "", dir: "auto" }, 0],
  },
  keys: () => [{ key: "Mod-Enter", title: "Open or close a collapsible", command: toggleAround }],
  menu: (schema) => [
    {
      id: "collapsible",
      title: "Collapsible",
      synonyms: "toggle fold details accordion",
      icon: "collapsible",
      place: "type",
      command: toggleWrap(nodeOf(schema, "collapsible")),
      active: nearestIs("collapsible", ["collapsible", "callout", "blockquote"]),
    },
  ],
  view: createCollapsibleView,
  markdownTokens: { details: { block: "collapsible" } },
  toMarkdown: (state, node) => {
    const [summary, ...rest] = node.children;
    if (!summary) return;
    state.write("<details>");
    state.ensureNewLine();
    if (isOneLine(summary)) {
      state.write("<summary>");
      state.renderInline(summary, false);
      state.write("</summary>");
      state.closeBlock(node);
    } else {
      state.write("<summary>");
      state.closeBlock(node);
      state.render(summary, node, 0);
      state.write("</summary>");
      state.closeBlock(node);
    }
    rest.forEach((child, index) => {
      state.render(child, node, index + 1);
    });
    state.write("</details>");
    state.closeBlock(node);
  },
};

function isOneLine(node: Node): boolean {
  return (
    node.type.name === "paragraph" &&
    node.attrs.align === null &&
    !node.children.some((child) => child.isBlock) &&
    !node.children.some((child) => child.type.name === "hard_break")
  );
}

function createCollapsibleView(first: Node, view: EditorView, getPos: () => number | undefined): NodeView {
  const document = view.dom.ownerDocument;
  const dom = document.createElement("div");
  dom.dataset.collapsible = "";
  dom.dir = "auto";
  const button = document.createElement("button");
  button.type = "button";
  button.contentEditable = "false";
  const contentDOM = document.createElement("div");
  dom.append(button, contentDOM);
  let node = first;

  const show = (open: boolean) => {
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute(
      "aria-label",
      words("collapsible.name", { text: node.firstChild?.textContent.slice(0, 80) || words("collapsible.empty") }),
    );
  };
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  /** A caret in what is folded away would be lost: it goes to the end of what stays. */
  const leaveBody = () => {
    const pos = getPos();
    if (pos === undefined || !node.firstChild) return;
    const { head } = view.state.selection;
    const bodyFrom = pos + 1 + node.firstChild.nodeSize;
    if (head < bodyFrom || head > pos + node.nodeSize) return;
    view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(bodyFrom - 1), -1)));
  };
  button.addEventListener("click", () => {
    if (isOpen()) leaveBody();
    show(!isOpen());
  });
  dom.addEventListener(REVEAL, () => show(true));
  // One that is being written is open; one that came with the document is closed.
  show(node.childCount === 1);
  return {
    dom,
    contentDOM,
    update(next) {
      if (next.type.name !== "collapsible") return false;
      node = next;
      show(isOpen());
      return true;
    },
    stopEvent: (event) => event.target === button && event.type !== "dragstart",
    ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
  };
}

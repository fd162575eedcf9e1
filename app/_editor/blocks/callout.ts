// A box that stands out: a note, a tip, a warning, a danger. Its kind is chosen in its own first line. In Markdown it
// is GitHub's alert.
import type { Node } from "prosemirror-model";
import type { EditorView, NodeView } from "prosemirror-view";
import type { Block } from "#app/_editor/block.ts";
import { nearestIs } from "#app/_editor/commands/active.ts";
import { nodeOf } from "#app/_editor/commands/lookup.ts";
import { toggleWrap } from "#app/_editor/commands/wrap.ts";
import { lockReadOnly } from "#app/_editor/plugins/read-only.ts";
import { words } from "#app/_editor/words.ts";

/** The kinds with the words that name them outside of the editor, where nobody knows whose language it is. */
const kinds = { note: "Note", tip: "Tip", warning: "Warning", caution: "Caution" };

/** A kind that we do not have, such as GitHub's IMPORTANT, is a note. */
function kindOf(value: unknown): keyof typeof kinds {
  return typeof value === "string" && Object.hasOwn(kinds, value) ? (value as keyof typeof kinds) : "note";
}

export const callout: Block = {
  kind: "node",
  name: "callout",
  node: {
    group: "block",
    content: "block+",
    defining: true,
    attrs: { kind: { default: "note" } },
    parseDOM: [
      {
        tag: "aside[data-callout]",
        contentElement: (dom) => dom.querySelector("[data-callout-text]") ?? dom,
        getAttrs: (element) => ({ kind: kindOf(element.getAttribute("data-callout")) }),
      },
    ],
    toDOM: (node) => {
      const kind = kindOf(node.attrs.kind);
      return [
        "aside",
        { "data-callout": kind, dir: "auto" },
        ["strong", { "data-callout-kind": "" }, kinds[kind]],
        ["div", { "data-callout-text": "" }, 0],
      ];
    },
  },
  menu: (schema) => [
    {
      id: "callout",
      title: "Callout",
      synonyms: "note tip warning caution info box notice alert",
      icon: "callout",
      place: "type",
      command: toggleWrap(nodeOf(schema, "callout")),
      active: nearestIs("callout", ["callout", "blockquote"]),
    },
  ],
  view: createCalloutView,
  markdownTokens: { callout: { block: "callout", getAttrs: (token) => ({ kind: kindOf(token.attrGet("kind")) }) } },
  toMarkdown: (state, node) =>
    state.wrapBlock("> ", null, node, () => {
      state.write(`[!${kindOf(node.attrs.kind).toUpperCase()}]`);
      state.closeBlock(node);
      state.renderContent(node);
    }),
};

function createCalloutView(first: Node, view: EditorView, getPos: () => number | undefined): NodeView {
  const document = view.dom.ownerDocument;
  const dom = document.createElement("aside");
  dom.dir = "auto";
  // An aside is a landmark, and a document with several would have several of the same name.
  dom.role = "note";
  const select = document.createElement("select");
  select.contentEditable = "false";
  select.setAttribute("aria-label", words("callout.kind"));
  for (const kind of Object.keys(kinds)) select.add(new Option(words(`callout.${kindOf(kind)}`), kind));
  const contentDOM = document.createElement("div");
  dom.append(select, contentDOM);

  const show = (node: Node) => {
    const kind = kindOf(node.attrs.kind);
    dom.dataset.callout = kind;
    select.value = kind;
  };
  select.addEventListener("change", () => {
    const pos = getPos();
    if (pos === undefined || !view.editable) {
      select.value = dom.dataset.callout ?? "note";
      return;
    }
    view.dispatch(view.state.tr.setNodeAttribute(pos, "kind", select.value).setMeta("intention", true));
    view.focus();
  });
  const unlock = lockReadOnly(view, select);
  show(first);
  return {
    dom,
    contentDOM,
    update(node) {
      if (node.type.name !== "callout") return false;
      show(node);
      return true;
    },
    stopEvent: (event) => event.target === select,
    ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
    destroy: unlock,
  };
}

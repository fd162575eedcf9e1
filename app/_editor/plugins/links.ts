// Links in the editor: which popover is open, and what a click on a link does. The popover itself is
// link/link-popover.tsx.
import type { Mark, MarkType, Node } from "prosemirror-model";
import { type Command, type EditorState, Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { markOf } from "#app/_editor/commands/lookup.ts";
import { safeUrl } from "#app/_editor/link/url.ts";

export type LinkPopover = "closed" | "view" | "edit";

export interface LinkAt {
  mark: Mark;
  from: number;
  to: number;
}

const key = new PluginKey<LinkPopover>("links");

export const linkPopover = (state: EditorState): LinkPopover => key.getState(state) ?? "closed";

/** The link that the selection's start is in or touches, with the range that it covers. */
export function linkAt(state: EditorState): LinkAt | null {
  const { $from, empty } = state.selection;
  const type = markOf(state.schema, "link");
  const mark = linkOn(type, $from.nodeAfter) ?? (empty ? linkOn(type, $from.nodeBefore) : undefined);
  if (!mark) return null;
  let from = $from.start();
  let run: { from: number; to: number } | null = null;
  let found: LinkAt | null = null;
  $from.parent.forEach((child) => {
    const to = from + child.nodeSize;
    run = mark.isInSet(child.marks) ? { from: run?.from ?? from, to } : null;
    if (run && run.from <= $from.pos && $from.pos <= run.to) found = { mark, ...run };
    from = to;
  });
  return found;
}

function linkOn(type: MarkType, node: Node | null): Mark | undefined {
  return node ? type.isInSet(node.marks) : undefined;
}

/** Opens the popover to make or change a link. */
export const editLink: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  if (!$from.parent.inlineContent || !$from.parent.type.allowsMarkType(markOf(state.schema, "link"))) return false;
  if (!$from.sameParent($to)) return false;
  dispatch?.(state.tr.setMeta(key, "edit"));
  return true;
};

export const closeLink: Command = (state, dispatch) => {
  if (linkPopover(state) === "closed") return false;
  dispatch?.(state.tr.setMeta(key, "closed"));
  return true;
};

export function links(): Plugin<LinkPopover> {
  return new Plugin<LinkPopover>({
    key,
    state: {
      init: () => "closed",
      apply: (tr, popover, _old, state) => {
        const asked = tr.getMeta(key) as LinkPopover | undefined;
        if (asked) return asked;
        if (popover === "view" && (tr.selectionSet || tr.docChanged) && !linkAt(state)) return "closed";
        return popover;
      },
    },
    props: {
      handleClick(view, pos, event) {
        const link = (event.target as Element | null)?.closest?.("a[href]");
        if (!link || !view.dom.contains(link)) {
          closeLink(view.state, view.dispatch);
          return false;
        }
        const href = safeUrl(link.getAttribute("href"));
        if (href !== null && (event.metaKey || event.ctrlKey || !view.editable)) {
          window.open(href, "_blank", "noopener,noreferrer");
          return true;
        }
        // The browser's new selection may not have arrived yet.
        const tr = view.state.tr.setMeta(key, "view");
        if (view.state.selection.empty) tr.setSelection(TextSelection.near(tr.doc.resolve(pos)));
        view.dispatch(tr);
        return false;
      },
      handleKeyDown: (view, event) => event.key === "Escape" && closeLink(view.state, view.dispatch),
      // The text that will be linked stays visible while the field has the focus.
      decorations(state) {
        const { from, to, empty } = state.selection;
        if (empty || linkPopover(state) !== "edit") return null;
        return DecorationSet.create(state.doc, [Decoration.inline(from, to, { class: "link-target" })]);
      },
    },
  });
}

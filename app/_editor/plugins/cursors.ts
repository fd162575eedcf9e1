// The carets and selections of the others. Positions travel as Yjs relative positions in the awareness field
// `cursor`; names and colours come from `user`, which only the server writes. An edit moves them by its steps; where
// they say that they are is worked out once for all that arrives together.
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from "y-prosemirror";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { stampedUser } from "#app/_collab/presence.ts";
import { withOwnLetters } from "#app/_editor/plugins/own-caret.ts";
import type { Member } from "#lib/messages.ts";

interface Cursor {
  anchor: unknown;
  head: unknown;
}

const key = new PluginKey<DecorationSet>("cursors");
/** ms for which a name stays after its caret moved. */
const NAME_SHOWN = 2_000;
/** ms from the first news of carets to their place on the screen: a frame. */
const TOGETHER = 16;

/** Whether it only puts carets of others where they are. */
export function isRedraw(tr: Transaction): boolean {
  return tr.getMeta(key) === true;
}

export function cursors(awareness: Awareness): Plugin<DecorationSet> {
  /** When each client's caret last moved, and where it was. */
  const moved = new Map<number, { at: number; where: string }>();
  const decorate = (state: EditorState) => decorations(state, awareness, moved);
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set, _old, state) {
        if (tr.getMeta(key)) return decorate(state);
        return tr.docChanged ? set.map(tr.mapping, tr.doc) : set;
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => watch(view, awareness),
  });
}

function watch(view: EditorView, awareness: Awareness) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const redraw = () => {
    timer = null;
    if (view.isDestroyed) return;
    // Never redraw inside a composition: it would end it.
    if (view.composing) schedule(200);
    else view.dispatch(view.state.tr.setMeta(key, true));
  };
  const schedule = (delay = TOGETHER) => {
    timer ??= setTimeout(redraw, delay);
  };
  const onChange = ({ added, updated, removed }: Record<string, number[]>) => {
    const touched = [added, updated, removed].flat();
    if (touched.some((client) => client !== awareness.clientID)) schedule();
  };
  const tell = () => tellOwn(view, awareness);
  awareness.on("change", onChange);
  view.dom.addEventListener("focusin", tell);
  view.dom.addEventListener("focusout", tell);
  schedule();
  return {
    update: (_view: EditorView, old: EditorState) => {
      if (old.doc !== view.state.doc && ySyncPluginKey.getState(view.state)?.isChangeOrigin) schedule();
      if (!old.selection.eq(view.state.selection) || old.doc !== view.state.doc) tell();
    },
    destroy: () => {
      if (timer !== null) clearTimeout(timer);
      awareness.off("change", onChange);
      view.dom.removeEventListener("focusin", tell);
      view.dom.removeEventListener("focusout", tell);
      awareness.setLocalStateField("cursor", null);
    },
  };
}

function tellOwn(view: EditorView, awareness: Awareness): void {
  const sync = ySyncPluginKey.getState(view.state);
  const current = awareness.getLocalState()?.cursor as Cursor | null | undefined;
  let cursor: Cursor | null = null;
  if (view.hasFocus() && sync?.binding) {
    const { anchor, head } = view.state.selection;
    const { mapping } = sync.binding;
    const noted = {
      anchor: absolutePositionToRelativePosition(anchor, sync.type, mapping),
      head: absolutePositionToRelativePosition(head, sync.type, mapping),
    };
    cursor = withOwnLetters(noted, head - anchor, sync.doc);
  }
  if (JSON.stringify(cursor) !== JSON.stringify(current ?? null)) awareness.setLocalStateField("cursor", cursor);
}

function decorations(
  state: EditorState,
  awareness: Awareness,
  moved: Map<number, { at: number; where: string }>,
): DecorationSet {
  const found: Decoration[] = [];
  const now = Date.now();
  for (const client of moved.keys()) if (!awareness.getStates().has(client)) moved.delete(client);
  awareness.getStates().forEach((remote, client) => {
    const user = stampedUser(remote);
    if (client === awareness.clientID || !user || !remote.cursor) return;
    const anchor = absolutePosition(state, remote.cursor.anchor);
    const head = absolutePosition(state, remote.cursor.head);
    if (anchor === null || head === null) return;
    const where = JSON.stringify(remote.cursor);
    if (moved.get(client)?.where !== where) moved.set(client, { at: now, where });
    const age = now - (moved.get(client)?.at ?? now);
    found.push(
      Decoration.widget(head, (view) => caret(view, user, age), {
        key: `${client} ${user.color} ${user.name} ${where}`,
        side: 10,
        ignoreSelection: true,
      }),
    );
    if (anchor === head) return;
    const attrs = { class: "remote-selection", style: `--person: var(--person-${user.color})` };
    found.push(Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), attrs, { inclusiveEnd: true }));
  });
  return DecorationSet.create(state.doc, found);
}

/** Where one end of a `cursor` is in the document; null if it is nowhere, or not yet. */
export function absolutePosition(state: EditorState, relative: unknown): number | null {
  const { doc, type, binding } = ySyncPluginKey.getState(state);
  try {
    const position = Y.createRelativePositionFromJSON(relative);
    const pos = relativePositionToAbsolutePosition(doc, type, position, binding.mapping);
    return pos === null ? null : Math.min(Math.max(pos, 0), state.doc.content.size);
  } catch {
    // Somebody else's editor wrote something else here.
    return null;
  }
}

/** `age`: ms since the caret moved there; its name is shown until NAME_SHOWN. */
function caret(view: EditorView, user: Member, age: number): HTMLElement {
  const { ownerDocument } = view.dom;
  const element = ownerDocument.createElement("span");
  element.className = "remote-caret";
  element.style.setProperty("--person", `var(--person-${user.color})`);
  const name = ownerDocument.createElement("bdi");
  name.className = "remote-caret-name";
  name.textContent = user.name;
  element.append("\u2060", name, "\u2060");
  if (age < NAME_SHOWN) {
    element.classList.add("moved");
    setTimeout(() => element.classList.remove("moved"), NAME_SHOWN - age);
  }
  return element;
}

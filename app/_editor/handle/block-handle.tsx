// The handle beside the block under the mouse: drag it to move the block, click it for what can be done with it. Keys
// do the same: Alt+Up and Alt+Down move, the toolbar turns into. Not on touch screens, where blocks would move by accident.
"use client";

import { GripVertical } from "lucide-react";
import { type Command, NodeSelection, TextSelection } from "prosemirror-state";
import { type DragEvent, useEffect, useState } from "react";
import { intend } from "#app/_editor/commands/intention.ts";
import { moveDown, moveUp } from "#app/_editor/commands/move-block.ts";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { blockUnder, duplicate, remove } from "#app/_editor/handle/blocks.ts";
import { buttons } from "#app/_editor/toolbar/entries.ts";
import { icons } from "#app/_editor/toolbar/icons.ts";
import { titleOf, words } from "#app/_editor/words.ts";
import { LazyMenu, useMenuParts } from "#app/_ui/lazy-menu.tsx";
import "#app/_editor/styles/block-handle.css";

const actions = [
  { id: "up", command: intend(moveUp) },
  { id: "down", command: intend(moveDown) },
  { id: "duplicate", command: intend(duplicate) },
  { id: "delete", command: intend(remove) },
] as const;

interface Place {
  pos: number;
  left: number;
  top: number;
}

export function BlockHandle({ handle, editable }: { handle: EditorHandle; editable: boolean }) {
  const { view } = handle;
  const [place, setPlace] = useState<Place | null>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const page = view.dom.closest("main");
    if (!page || !editable || open) return;
    const onMove = (event: PointerEvent) => {
      if (event.pointerType !== "mouse" || event.buttons !== 0) return;
      if ((event.target as Element).closest(".block-handle")) return;
      const block = blockUnder(view, event.clientY);
      setPlace((before) => (block?.pos === before?.pos && block?.top === before?.top ? before : block));
    };
    const hide = () => setPlace(null);
    page.addEventListener("pointermove", onMove);
    page.addEventListener("pointerleave", hide);
    view.dom.addEventListener("keydown", hide);
    window.addEventListener("scroll", hide, { passive: true });
    return () => {
      page.removeEventListener("pointermove", onMove);
      page.removeEventListener("pointerleave", hide);
      view.dom.removeEventListener("keydown", hide);
      window.removeEventListener("scroll", hide);
    };
  }, [view, editable, open]);

  if (!place || !editable) return null;

  const node = view.state.doc.nodeAt(place.pos);
  const select = (): boolean => {
    if (!node || !NodeSelection.isSelectable(node)) return false;
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, place.pos)));
    return true;
  };
  const onDragStart = (event: DragEvent) => {
    if (!select()) return event.preventDefault();
    const slice = view.state.selection.content();
    const { dom, text } = view.serializeForClipboard(slice);
    event.dataTransfer.clearData();
    event.dataTransfer.setData("text/html", dom.innerHTML);
    event.dataTransfer.setData("text/plain", text);
    event.dataTransfer.effectAllowed = "move";
    const element = view.nodeDOM(place.pos);
    if (element instanceof Element) event.dataTransfer.setDragImage(element, 0, 0);
    view.dragging = { slice, move: true };
  };
  /** With the caret in the block, where commands look for it; a block without text is selected itself. */
  const act = (command: Command) => {
    const inside = node?.isTextblock || (node && !node.isAtom && node.type.name !== "image");
    const { tr, doc } = view.state;
    if (inside) view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(place.pos + 1))));
    else if (!select()) return;
    command(view.state, view.dispatch, view);
    setPlace(null);
  };

  const trigger = (
    <button
      type="button"
      className="block-handle"
      style={{ insetInlineStart: place.left, insetBlockStart: place.top }}
      aria-label={words("block.handle")}
      tabIndex={-1}
      draggable
      onDragStart={onDragStart}
    >
      <GripVertical aria-hidden size={18} strokeWidth={1.75} />
    </button>
  );
  return (
    <LazyMenu
      trigger={trigger}
      align="start"
      sideOffset={4}
      layerClass="menu-layer"
      popupClass="menu block-handle-menu"
      finalFocus={() => view.dom}
      onOpenChange={setOpen}
    >
      <Actions isText={node?.isTextblock ?? false} act={act} />
    </LazyMenu>
  );
}

function Actions({ isText, act }: { isText: boolean; act(command: Command): void }) {
  const Menu = useMenuParts();
  return (
    <>
      {actions.map(({ id, command }) => (
        <Menu.Item key={id} className="menu-item" onClick={() => act(command)}>
          <span className="menu-item-title">{words(`block.${id}`)}</span>
        </Menu.Item>
      ))}
      {isText ? (
        <Menu.Group>
          <Menu.GroupLabel className="suggestion-group">{words("block.turnInto")}</Menu.GroupLabel>
          {buttons("type").map((entry) => {
            const Icon = icons[entry.icon];
            return (
              <Menu.Item key={entry.id} className="menu-item" onClick={() => act(entry.command)}>
                {Icon ? <Icon aria-hidden size={18} strokeWidth={1.75} /> : null}
                <span className="menu-item-title">{titleOf(entry)}</span>
              </Menu.Item>
            );
          })}
        </Menu.Group>
      ) : null}
    </>
  );
}

// The bar at a selection that was made with the mouse: the marks and the link. Not while it is being made, and not on
// touch screens, where the system has a bar of its own. From the keyboard the same entries are in the toolbar.
"use client";

import { flip, offset, shift } from "@floating-ui/dom";
import { type EditorState, TextSelection } from "prosemirror-state";
import { useEffect, useRef, useState } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { placeAt } from "#app/_editor/place-at.ts";
import { linkPopover } from "#app/_editor/plugins/links.ts";
import { buttons } from "#app/_editor/toolbar/entries.ts";
import { signatureOf } from "#app/_editor/toolbar/signature.ts";
import { ToolbarButton } from "#app/_editor/toolbar/toolbar-button.tsx";
import { useEditorValue } from "#app/_editor/use-editor-value.ts";
import { words } from "#app/_editor/words.ts";
import "#app/_editor/styles/floating-toolbar.css";

const entries = [...buttons("mark"), ...buttons("link")];

const signature = signatureOf(entries);

function shownOf(state: EditorState): string {
  const { from, to } = state.selection;
  return isText(state) ? `${from} ${to} ${linkPopover(state)} ${signature(state)}` : "";
}

function isText({ selection }: EditorState): boolean {
  return selection instanceof TextSelection && !selection.empty && !selection.$from.parent.type.spec.code;
}

export function SelectionToolbar({ handle, editable }: { handle: EditorHandle; editable: boolean }) {
  useEditorValue(handle, shownOf);
  const state = handle.getState();
  const byMouse = useSelectedByMouse(handle);
  const place = useRef<HTMLDivElement>(null);
  const shown = byMouse && editable && isText(state) && linkPopover(state) === "closed";
  const { from, to } = state.selection;

  useEffect(() => {
    const box = place.current;
    if (!shown || !box) return;
    const anchor = {
      contextElement: handle.view.dom,
      getBoundingClientRect: () => rectOf(handle, from, to),
    };
    const middleware = [offset(8), flip({ padding: { top: 100 } }), shift({ padding: 8 })];
    return placeAt(box, anchor, { placement: "top", middleware });
  }, [shown, handle, from, to]);

  if (!shown) return null;
  return (
    <div ref={place} role="toolbar" aria-label={words("toolbar.selection")} className="floating-toolbar">
      {entries.map((entry) => (
        <ToolbarButton key={entry.id} entry={entry} handle={handle} state={state} disabled={!editable} />
      ))}
    </div>
  );
}

/** Whether the selection as it is was made with a mouse or a pen that is up again. */
function useSelectedByMouse(handle: EditorHandle): boolean {
  const [byMouse, setByMouse] = useState(false);
  useEffect(() => {
    const { dom } = handle.view;
    const onDown = (event: PointerEvent) => {
      if (dom.contains(event.target as Node)) setByMouse(false);
    };
    // The editor reads the selection after the event.
    const onUp = (event: PointerEvent) => {
      if (event.pointerType !== "touch" && dom.contains(event.target as Node)) setTimeout(() => setByMouse(true));
    };
    const onKey = () => setByMouse(false);
    document.addEventListener("pointerdown", onDown);
    document.addEventListener("pointerup", onUp);
    dom.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onDown);
      document.removeEventListener("pointerup", onUp);
      dom.removeEventListener("keydown", onKey);
    };
  }, [handle]);
  return byMouse;
}

function rectOf({ view }: EditorHandle, from: number, to: number): DOMRect {
  const size = view.state.doc.content.size;
  const start = view.coordsAtPos(Math.min(from, size));
  const end = view.coordsAtPos(Math.min(to, size), -1);
  const left = Math.min(start.left, end.left);
  return new DOMRect(left, start.top, Math.abs(end.right - start.left), end.bottom - start.top);
}

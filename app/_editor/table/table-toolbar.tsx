// What can be done with the table around the caret, as a bar above it. A convenience for the pointer: from the
// keyboard and on phones the same entries are in the "Table" menu of the toolbar.
"use client";

import { offset, shift } from "@floating-ui/dom";
import type { EditorState } from "prosemirror-state";
import { findTable } from "prosemirror-tables";
import { useEffect, useRef } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { placeAt } from "#app/_editor/place-at.ts";
import { buttons } from "#app/_editor/toolbar/entries.ts";
import { signatureOf } from "#app/_editor/toolbar/signature.ts";
import { ToolbarButton } from "#app/_editor/toolbar/toolbar-button.tsx";
import { useEditorValue } from "#app/_editor/use-editor-value.ts";
import { words } from "#app/_editor/words.ts";
import "#app/_editor/styles/floating-toolbar.css";

const entries = buttons("table");
const signature = signatureOf(entries);
const shownOf = (state: EditorState) => (tableAt(state) === null ? "" : `${tableAt(state)} ${signature(state)}`);

/** The position of the table around the selection, or null. */
function tableAt(state: EditorState): number | null {
  return findTable(state.selection.$from)?.pos ?? null;
}

export function TableToolbar({ handle, editable }: { handle: EditorHandle; editable: boolean }) {
  useEditorValue(handle, shownOf);
  const state = handle.getState();
  const pos = tableAt(state);
  const place = useRef<HTMLDivElement>(null);
  const shown = pos !== null && editable;

  useEffect(() => {
    const box = place.current;
    if (!shown || !box) return;
    const anchor = {
      contextElement: handle.view.dom,
      getBoundingClientRect: () => rectOfTable(handle),
    };
    return placeAt(box, anchor, {
      placement: "top-start",
      middleware: [offset(6), shift({ padding: 8 })],
      top: topOfText,
    });
  }, [shown, handle]);

  if (!shown) return null;
  return (
    <div ref={place} role="toolbar" aria-label={words("toolbar.table")} className="floating-toolbar">
      {entries.map((entry) => (
        <ToolbarButton key={entry.id} entry={entry} handle={handle} state={state} disabled={!editable} />
      ))}
    </div>
  );
}

function rectOfTable({ view }: EditorHandle): DOMRect {
  const pos = tableAt(view.state);
  const dom = pos === null ? null : view.nodeDOM(pos);
  return dom instanceof Element ? dom.getBoundingClientRect() : new DOMRect();
}

/** px: below the page's own bars, also while a long table is scrolled past. */
function topOfText(): number {
  return (document.querySelector(".document-top")?.getBoundingClientRect().bottom ?? 0) + 4;
}

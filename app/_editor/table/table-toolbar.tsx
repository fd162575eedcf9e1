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
import { LOOKS_EVERY, signatureOf } from "#app/_editor/toolbar/signature.ts";
import { ToolbarButton } from "#app/_editor/toolbar/toolbar-button.tsx";
import { useEditorValue } from "#app/_editor/use-editor-value.ts";
import { words } from "#app/_editor/words.ts";
import "#app/_editor/styles/floating-toolbar.css";

const entries = buttons("table");
const signature = signatureOf(entries);
const shownOf = (state: EditorState) => (findTable(state.selection.$from) ? signature(state) : "");

export function TableToolbar({ handle, editable }: { handle: EditorHandle; editable: boolean }) {
  useEditorValue(handle, shownOf, LOOKS_EVERY);
  // The element, not the position, which changes with every letter that somebody writes above.
  const table = useEditorValue(handle, (state) => tableElement(handle, state));
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const box = place.current;
    if (!box || !table || !editable) return;
    return placeAt(box, table, {
      placement: "top-start",
      middleware: [offset(6), shift({ padding: 8 })],
      top: topOfText,
    });
  }, [table, editable]);

  if (!table || !editable) return null;
  const state = handle.getState();
  return (
    <div ref={place} role="toolbar" aria-label={words("toolbar.table")} className="floating-toolbar">
      {entries.map((entry) => (
        <ToolbarButton key={entry.id} entry={entry} handle={handle} state={state} disabled={!editable} />
      ))}
    </div>
  );
}

/** The table around the selection, or null. */
function tableElement({ view }: EditorHandle, { selection }: EditorState): Element | null {
  const found = findTable(selection.$from);
  const dom = found ? view.nodeDOM(found.pos) : null;
  return dom instanceof Element ? dom : null;
}

/** px: below the page's own bars, also while a long table is scrolled past. */
function topOfText(): number {
  return (document.querySelector(".document-top")?.getBoundingClientRect().bottom ?? 0) + 4;
}

// The toolbar above the text; on phones a bar above the keyboard. One stop for Tab: arrow keys move inside, Escape
// goes back to the text, where the selection has stayed.
"use client";

import type { EditorState } from "prosemirror-state";
import { isInTable } from "prosemirror-tables";
import type { KeyboardEvent, RefObject } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { buttons } from "#app/_editor/toolbar/entries.ts";
import { AlignMenu, InsertMenu, TableMenu, TypeMenu } from "#app/_editor/toolbar/menus.tsx";
import { LOOKS_EVERY, signatureOf } from "#app/_editor/toolbar/signature.ts";
import { ToolbarButton } from "#app/_editor/toolbar/toolbar-button.tsx";
import { useAboveKeyboard } from "#app/_editor/toolbar/use-above-keyboard.ts";
import { useEditorValue } from "#app/_editor/use-editor-value.ts";
import { words } from "#app/_editor/words.ts";

interface ToolbarProps {
  handle: EditorHandle | null;
  editable: boolean;
  bar: RefObject<HTMLDivElement | null>;
}

const groups = [["history"], ["mark", "link"], ["list"]] as const;
const ofAll = signatureOf((["history", "type", "mark", "link", "list", "align", "insert"] as const).flatMap(buttons));
const ofTables = signatureOf(buttons("table"));
const shown = (state: EditorState) => ofAll(state) + (isInTable(state) ? ofTables(state) : "");

export function Toolbar({ handle, editable, bar }: ToolbarProps) {
  useEditorValue(handle, shown, LOOKS_EVERY);
  const state = handle?.getState() ?? null;
  useAboveKeyboard(bar);
  const [history, ...rest] = groups.map((places) => places.flatMap((place) => buttons(place)));
  const group = (entries: ReturnType<typeof buttons> | undefined) =>
    entries?.map((entry) => (
      <ToolbarButton key={entry.id} entry={entry} handle={handle} state={state} disabled={!editable} />
    ));

  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={words("toolbar.name")}
      aria-controls="document-text"
      className="editor-toolbar"
      onKeyDown={(event) => onKeyDown(event, handle)}
      onFocus={keepOneStop}
    >
      <div className="editor-toolbar-group">{group(history)}</div>
      <div className="editor-toolbar-group">
        <TypeMenu handle={handle} state={state} disabled={!editable} />
      </div>
      {rest.map((entries) => (
        <div className="editor-toolbar-group" key={entries[0]?.id}>
          {group(entries)}
        </div>
      ))}
      <div className="editor-toolbar-group">
        <AlignMenu handle={handle} state={state} disabled={!editable} />
        <InsertMenu handle={handle} state={state} disabled={!editable} />
        <TableMenu handle={handle} state={state} disabled={!editable} />
      </div>
    </div>
  );
}

/** Puts the focus on the toolbar's current stop. */
export function focusToolbar(bar: HTMLElement | null): void {
  const stops = bar ? items(bar) : [];
  (stops.find((item) => item.tabIndex === 0) ?? stops[0])?.focus();
}

function items(bar: Element): HTMLElement[] {
  return Array.from(bar.querySelectorAll<HTMLElement>("button"));
}

/** The focused button becomes the only one that Tab reaches. */
function keepOneStop({ currentTarget, target }: { currentTarget: Element; target: EventTarget }): void {
  for (const item of items(currentTarget)) item.tabIndex = item === target ? 0 : -1;
}

function onKeyDown(event: KeyboardEvent<HTMLElement>, handle: EditorHandle | null): void {
  if (event.key === "Escape") {
    event.preventDefault();
    handle?.view.focus();
    return;
  }
  const all = items(event.currentTarget);
  const at = all.indexOf(event.target as HTMLElement);
  const step = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
  const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined || at === -1) return;
  event.preventDefault();
  all[(to + all.length) % all.length]?.focus();
}

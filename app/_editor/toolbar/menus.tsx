// The toolbar's menus: what kind of block the selection is, how it is aligned, what can be inserted, and inside a
// table what can be done with it.
"use client";

import { ChevronDown, Plus, Table } from "lucide-react";
import type { EditorState } from "prosemirror-state";
import { isInTable } from "prosemirror-tables";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { buttons } from "#app/_editor/toolbar/entries.ts";
import { EntryMenu } from "#app/_editor/toolbar/entry-menu.tsx";
import { icons } from "#app/_editor/toolbar/icons.ts";
import { titleOf, words } from "#app/_editor/words.ts";

interface ToolbarMenuProps {
  handle: EditorHandle | null;
  state: EditorState | null;
  disabled: boolean;
}

const types = buttons("type");
const aligns = buttons("align");
const inserts = buttons("insert");
const ofTable = buttons("table");
/** Blocks around others: a heading inside a quote is a heading first. */
const around = new Set(["blockquote", "callout", "collapsible", "paragraph"]);

export function TypeMenu(props: ToolbarMenuProps) {
  const { state } = props;
  const active = state ? types.filter((entry) => entry.active(state)) : [];
  const current = active.find((entry) => !around.has(entry.id)) ?? active.at(-1);
  const title = current ? titleOf(current) : state ? words("toolbar.mixed") : words("menu.text");
  return (
    <EntryMenu
      {...props}
      className="editor-type"
      label={words("toolbar.type", { title })}
      entries={types}
      current={current}
    >
      <span>{title}</span>
      <ChevronDown aria-hidden size={16} strokeWidth={1.75} />
    </EntryMenu>
  );
}

export function AlignMenu(props: ToolbarMenuProps) {
  const { state } = props;
  const current = state ? aligns.find((entry) => entry.active(state)) : undefined;
  const Icon = icons[current?.icon ?? "align-left"];
  const label = current ? words("toolbar.alignIs", { title: titleOf(current) }) : words("toolbar.align");
  return (
    <EntryMenu {...props} label={label} entries={aligns} current={current}>
      {Icon ? <Icon aria-hidden size={18} strokeWidth={1.75} /> : null}
    </EntryMenu>
  );
}

export function InsertMenu(props: ToolbarMenuProps) {
  return (
    <EntryMenu {...props} label={words("toolbar.insert")} entries={inserts}>
      <Plus aria-hidden size={18} strokeWidth={1.75} />
    </EntryMenu>
  );
}

/** Only inside a table. */
export function TableMenu(props: ToolbarMenuProps) {
  const { state } = props;
  if (!state || !isInTable(state)) return null;
  return (
    <EntryMenu {...props} label={words("toolbar.table")} entries={ofTable}>
      <Table aria-hidden size={18} strokeWidth={1.75} />
    </EntryMenu>
  );
}

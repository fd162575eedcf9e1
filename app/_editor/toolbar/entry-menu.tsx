// A menu of the toolbar: the entries of one place, with icons, shortcuts and which of them is on.
"use client";

import { Check } from "lucide-react";
import type { EditorState } from "prosemirror-state";
import type { ReactNode } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { keyLabel } from "#app/_editor/key-label.ts";
import { isMac } from "#app/_editor/platform.ts";
import { type Button, shortcuts } from "#app/_editor/toolbar/entries.ts";
import { icons } from "#app/_editor/toolbar/icons.ts";
import { titleOf } from "#app/_editor/words.ts";
import { LazyMenu, useMenuParts } from "#app/_ui/lazy-menu.tsx";

interface EntryMenuProps {
  /** Read out for the button that opens the menu. */
  label: string;
  className?: string;
  entries: Button[];
  current?: Button | undefined;
  handle: EditorHandle | null;
  state: EditorState | null;
  disabled: boolean;
  /** What the button shows. */
  children: ReactNode;
}

export function EntryMenu({
  label,
  className = "",
  entries,
  current,
  handle,
  state,
  disabled,
  children,
}: EntryMenuProps) {
  const trigger = (
    <button
      type="button"
      className={`editor-toolbar-button ${className}`}
      aria-label={label}
      aria-disabled={disabled || !handle}
      tabIndex={-1}
    >
      {children}
    </button>
  );
  return (
    <LazyMenu
      trigger={trigger}
      align="start"
      layerClass="menu-layer"
      popupClass="menu"
      finalFocus={() => handle?.view.dom}
    >
      <Entries entries={entries} current={current} handle={handle} state={state} />
    </LazyMenu>
  );
}

function Entries({
  entries,
  current,
  handle,
  state,
}: Pick<EntryMenuProps, "entries" | "current" | "handle" | "state">) {
  const Menu = useMenuParts();
  return entries.map((entry) => {
    const Icon = icons[entry.icon];
    const key = shortcuts.get(entry.title);
    return (
      <Menu.Item
        key={entry.id}
        className="menu-item"
        disabled={!state || (!entry.command(state) && !entry.active(state))}
        aria-current={entry === current ? "true" : undefined}
        onClick={() => handle && entry.command(handle.view.state, handle.view.dispatch, handle.view)}
      >
        {Icon ? <Icon aria-hidden size={18} strokeWidth={1.75} /> : null}
        <span className="menu-item-title">{titleOf(entry)}</span>
        {entry === current ? <Check aria-hidden size={16} strokeWidth={1.75} /> : null}
        {key ? <kbd>{keyLabel(key, isMac())}</kbd> : null}
      </Menu.Item>
    );
  });
}

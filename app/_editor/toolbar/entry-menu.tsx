// A menu of the toolbar: the entries of one place, with icons, shortcuts and which of them is on.
"use client";

import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { EditorState } from "prosemirror-state";
import { type ReactNode, useState } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { keyLabel } from "#app/_editor/key-label.ts";
import { isMac } from "#app/_editor/platform.ts";
import { type Button, shortcuts } from "#app/_editor/toolbar/entries.ts";
import { icons } from "#app/_editor/toolbar/icons.ts";
import { titleOf } from "#app/_editor/words.ts";

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
  const [open, setOpen] = useState(false);
  const usable = !disabled && handle !== null;
  return (
    // Not `disabled`: the arrow keys of the toolbar go over it, and a focus in it is not lost with the access.
    <Menu.Root open={open && usable} onOpenChange={(wanted) => setOpen(wanted && usable)}>
      <Menu.Trigger
        className={`editor-toolbar-button ${className}`}
        aria-label={label}
        aria-disabled={!usable}
        tabIndex={-1}
      >
        {children}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="menu-layer">
          <Menu.Popup className="menu" finalFocus={() => handle?.view.dom ?? true}>
            {entries.map((entry) => {
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
            })}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

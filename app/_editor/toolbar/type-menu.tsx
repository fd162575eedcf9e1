// "Turn into": what kind of block the selection is, as a menu.
"use client";

import { Menu } from "@base-ui/react/menu";
import { Check, ChevronDown } from "lucide-react";
import type { EditorState } from "prosemirror-state";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { keyLabel } from "#app/_editor/key-label.ts";
import { isMac } from "#app/_editor/platform.ts";
import { buttons, shortcuts } from "#app/_editor/toolbar/entries.ts";
import { icons } from "#app/_editor/toolbar/icons.ts";

interface TypeMenuProps {
  handle: EditorHandle | null;
  state: EditorState | null;
  disabled: boolean;
}

const types = buttons("type");

export function TypeMenu({ handle, state, disabled }: TypeMenuProps) {
  const active = state ? types.filter((entry) => entry.active(state)) : [];
  // A heading inside a quote is a heading first.
  const current = active.find((entry) => entry.id !== "blockquote" && entry.id !== "paragraph") ?? active.at(-1);
  const title = current?.title ?? (state ? "Mixed" : "Text");
  return (
    <Menu.Root>
      <Menu.Trigger
        className="editor-toolbar-button editor-type"
        aria-label={`Block type: ${title}`}
        disabled={disabled || !handle}
        tabIndex={-1}
      >
        <span>{title}</span>
        <ChevronDown aria-hidden size={16} strokeWidth={1.75} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="menu-layer">
          <Menu.Popup className="menu" finalFocus={() => handle?.view.dom ?? true}>
            {types.map((entry) => {
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
                  <span className="menu-item-title">{entry.title}</span>
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

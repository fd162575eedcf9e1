// One button of the toolbar. It never takes the focus from the text when clicked.
"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import type { EditorState } from "prosemirror-state";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { ariaKey, keyLabel } from "#app/_editor/key-label.ts";
import { isMac } from "#app/_editor/platform.ts";
import { type Button, shortcuts } from "#app/_editor/toolbar/entries.ts";
import { icons } from "#app/_editor/toolbar/icons.ts";
import { titleOf } from "#app/_editor/words.ts";

interface ToolbarButtonProps {
  entry: Button;
  handle: EditorHandle | null;
  state: EditorState | null;
  disabled: boolean;
}

export function ToolbarButton({ entry, handle, state, disabled }: ToolbarButtonProps) {
  const Icon = icons[entry.icon];
  const usable = state !== null && !disabled && entry.command(state);
  const key = shortcuts.get(entry.title);
  const pressed = entry.toggles ? { "aria-pressed": state !== null && entry.active(state) } : {};
  return (
    // Escape that closes the tooltip also leaves the toolbar: nobody presses twice for what they did not ask for.
    <Tooltip.Root onOpenChange={(_open, { reason, allowPropagation }) => reason === "escape-key" && allowPropagation()}>
      <Tooltip.Trigger
        render={
          <button
            type="button"
            className="editor-toolbar-button"
            aria-label={titleOf(entry)}
            aria-disabled={!usable}
            aria-keyshortcuts={key && ariaKey(key, isMac())}
            tabIndex={entry.id === "undo" ? 0 : -1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              if (usable && handle) run(entry, handle);
            }}
            {...pressed}
          />
        }
      >
        {Icon ? <Icon aria-hidden size={18} strokeWidth={1.75} /> : titleOf(entry)}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="tooltip-layer">
          <Tooltip.Popup className="tooltip">
            {titleOf(entry)}
            {key ? <kbd>{keyLabel(key, isMac())}</kbd> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** Runs the command; the caret goes back to the text unless a popover wants it. */
export function run(entry: Button, { view }: EditorHandle): void {
  if (entry.place !== "link") view.focus();
  entry.command(view.state, view.dispatch, view);
}

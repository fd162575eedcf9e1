// The command palette as a page has it: its key, and the dialog, which is loaded when it is first asked for.
"use client";

import { useEffect, useRef } from "react";
import { whenOpened } from "#app/_ui/when-opened.tsx";
import type { PaletteDialogProps } from "./palette-dialog.tsx";

/** In prosemirror-keymap's notation. */
export const PALETTE_KEY = "Mod-Shift-p";

const PaletteDialog = whenOpened(async () => (await import("./palette-dialog.tsx")).PaletteDialog);

export function Palette(props: PaletteDialogProps) {
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isKey = event.key.toLowerCase() === "p" && event.shiftKey && (event.ctrlKey || event.metaKey);
      if (event.defaultPrevented || !isKey || event.altKey) return;
      event.preventDefault();
      latest.current.onOpenChange(!latest.current.open);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return <PaletteDialog {...props} />;
}

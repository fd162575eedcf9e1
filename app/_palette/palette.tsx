// The command palette as a page has it: its key, and the dialog, which is loaded when it is first asked for.
"use client";

import { useTranslations } from "next-intl";
import { type ComponentType, useEffect, useRef, useState } from "react";
import { notifyError } from "#app/_ui/notify.ts";
import type { PaletteDialogProps } from "./palette-dialog.tsx";

/** In prosemirror-keymap's notation. */
export const PALETTE_KEY = "Mod-Shift-p";

export function Palette(props: PaletteDialogProps) {
  const { open, onOpenChange } = props;
  const words = useTranslations("palette");
  const [Dialog, setDialog] = useState<ComponentType<PaletteDialogProps> | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!open || Dialog) return;
    // What is typed until it is there is no text of the document.
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    focused?.blur();
    import("./palette-dialog.tsx").then(
      ({ PaletteDialog }) => {
        focused?.focus();
        setDialog(() => PaletteDialog);
      },
      () => {
        focused?.focus();
        onOpenChange(false);
        notifyError(words("loadFailed"));
      },
    );
  }, [open, Dialog, onOpenChange, words]);

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

  return Dialog ? <Dialog {...props} /> : null;
}

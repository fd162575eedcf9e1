// Files can be dropped anywhere on the page of the list; while they hover, it says what will happen.
"use client";

import { useEffect, useRef, useState } from "react";
import { later } from "#app/_ui/later.ts";
import { useLater } from "#app/_ui/use-later.ts";

const loadHint = later(async () => (await import("./drop-hint.tsx")).DropHint);

export function DropArea({ onFiles }: { onFiles(files: File[]): void }) {
  const [isOver, setOver] = useState(false);
  const Hint = useLater(loadHint, isOver, () => setOver(false));
  const handle = useRef(onFiles);
  handle.current = onFiles;

  useEffect(() => {
    /** A drag enters each element that it comes over before it leaves the last one. */
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const move = (step: number) => (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = Math.max(0, depth + step);
      setOver(depth > 0);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      handle.current([...(event.dataTransfer?.files ?? [])]);
    };
    const listeners = { dragenter: move(1), dragover: move(0), dragleave: move(-1), drop };
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name as keyof typeof listeners, listener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name as keyof typeof listeners, listener);
      }
    };
  }, []);

  return isOver && Hint ? <Hint /> : null;
}

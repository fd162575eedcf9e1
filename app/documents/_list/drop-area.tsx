// Files can be dropped anywhere on the page of the list; while they hover, it says what will happen.
"use client";

import { FileUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";

export function DropArea({ onFiles }: { onFiles(files: File[]): void }) {
  const words = useTranslations("imports");
  const [isOver, setOver] = useState(false);
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

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-3 z-60 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-paper/95 md:start-67">
      <div className="flex max-w-sm flex-col items-center px-6 text-center">
        <FileUp aria-hidden size={40} strokeWidth={1.25} className="text-ink-3" />
        <p className="mt-4 text-base font-semibold">{words("drop")}</p>
        <p className="mt-1 text-ink-2">{words("accepted")}</p>
      </div>
    </div>
  );
}

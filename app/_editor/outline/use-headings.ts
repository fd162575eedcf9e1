// The headings of the document and which of them is the current one, as React state: it changes only when there is
// news for somebody who looks at the list, a moment after it happened.
import { useEffect, useState } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { currentHeading } from "#app/_editor/outline/current-heading.ts";
import { type Heading, headingList } from "#app/_editor/outline/headings.ts";

/** ms from a change of the text to the list. */
const AFTER = 100;

export function useHeadings(handle: EditorHandle): { headings: readonly Heading[]; current: number } {
  const [headings, setHeadings] = useState<readonly Heading[]>(() => headingList(handle.getState().doc, []));
  const [current, setCurrent] = useState(() => currentHeading(handle.view));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const look = () => {
      timer = null;
      if (handle.view.isDestroyed) return;
      setHeadings((before) => headingList(handle.getState().doc, before));
      setCurrent(currentHeading(handle.view));
    };
    const soon = () => {
      timer ??= setTimeout(look, AFTER);
    };
    look();
    const unsubscribe = handle.subscribe(soon);
    window.addEventListener("scroll", soon, { passive: true });
    window.addEventListener("resize", soon);
    return () => {
      unsubscribe();
      window.removeEventListener("scroll", soon);
      window.removeEventListener("resize", soon);
      if (timer !== null) clearTimeout(timer);
    };
  }, [handle]);
  return { headings, current };
}

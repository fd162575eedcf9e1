// Where the keyboard goes in a list: from row to row, and on to the neighbour of a row that disappears.
import type { KeyboardEvent } from "react";

/** Up and down arrow go through the search field and the links of the rows around the one that has the focus. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = event.currentTarget.closest("main");
  if (!step || !list || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const stops = [...list.querySelectorAll<HTMLElement>("input[type=search], li a")];
  const next = stops[stops.indexOf(event.currentTarget) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/**
 * To be called while `row` is still there. What it answers gives the focus to the same `part` of the row below it, else of
 * the one above, else to the page's heading; but only if the focus went away together with the row.
 */
export function keepFocusNear(row: Element | null | undefined, part: string): () => void {
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  return () =>
    // A menu that closes takes care of the focus first.
    void setTimeout(() => {
      if (document.activeElement && document.activeElement !== document.body) return;
      const next = neighbour?.isConnected ? neighbour.querySelector<HTMLElement>(part) : null;
      (next ?? document.querySelector<HTMLElement>("main h1"))?.focus();
    });
}

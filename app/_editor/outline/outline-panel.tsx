// The outline: the headings of the document as a list that leads to them, and how long the text is. Beside the text, or
// as a dialog over it where there is no room. One stop for Tab: arrow keys move inside, Escape goes back to the text.
"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import type { EditorHandle } from "#app/_editor/editor-handle.ts";
import { currentHeading, goToHeading } from "#app/_editor/outline/current-heading.ts";
import { useHeadings } from "#app/_editor/outline/use-headings.ts";
import type { Outline } from "#app/_editor/outline/use-outline.ts";
import { WordCount } from "#app/_editor/outline/word-count-view.tsx";
import { words } from "#app/_editor/words.ts";
import { IconButton } from "#app/_ui/button.tsx";
import "#app/_editor/styles/outline.css";

interface OutlinePanelProps {
  handle: EditorHandle;
  outline: Outline;
}

export function OutlinePanel({ handle, outline }: OutlinePanelProps) {
  return (
    <>
      {outline.shown === "beside" ? <OutlineBeside handle={handle} outline={outline} /> : null}
      <OutlineOver handle={handle} outline={outline} />
    </>
  );
}

function OutlineBeside({ handle, outline }: OutlinePanelProps) {
  const panel = useRef<HTMLElement>(null);
  const { asked, takesFocus } = outline;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time somebody asks.
  useEffect(() => {
    if (takesFocus()) (stopIn(panel.current, handle) ?? panel.current?.querySelector("button"))?.focus();
  }, [asked, takesFocus]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    handle.view.focus();
  };
  const close = () => {
    outline.close();
    handle.view.focus();
  };
  return (
    <nav
      ref={panel}
      className="outline-panel"
      data-outline="beside"
      aria-label={words("outline.name")}
      onKeyDown={onKeyDown}
    >
      <div className="outline-top">
        <p className="outline-name">{words("outline.name")}</p>
        <IconButton label={words("outline.close")} onClick={close}>
          <X aria-hidden size={18} strokeWidth={1.75} />
        </IconButton>
      </div>
      <Headings handle={handle} onGo={(index, isTouch) => goToHeading(handle.view, index, !isTouch)} />
      <WordCount handle={handle} />
    </nav>
  );
}

/** Who goes to a heading leaves it, and the page moves when it is gone: while it is there, the page is locked. */
function OutlineOver({ handle, outline }: OutlinePanelProps) {
  const chosen = useRef<{ index: number; isTouch: boolean } | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const isOpen = outline.shown === "over";
  // After the dialog has given the focus back, which asks for what was chosen, too.
  const onClosed = () =>
    setTimeout(() => {
      const to = chosen.current;
      chosen.current = null;
      if (to && !handle.view.isDestroyed) goToHeading(handle.view, to.index, !to.isTouch);
    });
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(open) => !open && outline.close()}
      onOpenChangeComplete={(open) => !open && onClosed()}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="help-backdrop" />
        <Dialog.Popup
          ref={panel}
          className="outline-panel"
          data-outline="over"
          initialFocus={() => stopIn(panel.current, handle) ?? true}
          finalFocus={() => (chosen.current?.isTouch ? false : handle.view.dom)}
        >
          <div className="outline-top">
            <Dialog.Title className="outline-name">{words("outline.name")}</Dialog.Title>
            <Dialog.Close render={<IconButton label={words("outline.close")} />}>
              <X aria-hidden size={18} strokeWidth={1.75} />
            </Dialog.Close>
          </div>
          <Headings
            handle={handle}
            onGo={(index, isTouch) => {
              chosen.current = { index, isTouch };
              outline.close();
            }}
          />
          <WordCount handle={handle} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Headings({ handle, onGo }: { handle: EditorHandle; onGo(index: number, isTouch: boolean): void }) {
  const { headings, current } = useHeadings(handle);
  /** Where the arrow keys are; null if the focus is elsewhere. */
  const [stop, setStop] = useState<number | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (list.current) reveal(list.current, list.current.children[current]);
  }, [current]);

  if (headings.length === 0) {
    return <p className="outline-none">{words("outline.none")}</p>;
  }
  const top = Math.min(...headings.map(({ level }) => level));
  const onKeyDown = (event: KeyboardEvent) => {
    const at = stop ?? Math.max(0, current);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: headings.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    list.current?.querySelectorAll("button")[Math.min(headings.length - 1, Math.max(0, to))]?.focus();
  };
  return (
    <ul ref={list} className="outline-list" onKeyDown={onKeyDown} onBlur={() => setStop(null)}>
      {headings.map(({ text, level }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two headings may have the same text.
        <li key={index}>
          <button
            type="button"
            className="outline-heading"
            style={{ paddingInlineStart: `${8 + (level - top) * 14}px` }}
            title={text}
            aria-current={index === current ? "location" : undefined}
            tabIndex={index === (stop ?? Math.min(headings.length - 1, Math.max(0, current))) ? 0 : -1}
            onFocus={() => setStop(index)}
            onClick={(event) => onGo(index, isTouch(event))}
          >
            <bdi>{text}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A click from the keyboard has no kind of pointer. */
function isTouch(event: MouseEvent): boolean {
  return (event.nativeEvent as PointerEvent).pointerType === "touch";
}

/** Where one comes in. Asked for anew: the list follows the caret a moment later. */
function stopIn(panel: HTMLElement | null, { view }: EditorHandle): HTMLElement | undefined {
  const stops = panel?.querySelectorAll<HTMLElement>(".outline-heading");
  return stops?.[Math.max(0, currentHeading(view))];
}

/** Moves the list and nothing else: the page may be on its way to the heading just now. */
function reveal(list: HTMLElement, item: Element | undefined): void {
  if (!item) return;
  const { top, bottom } = item.getBoundingClientRect();
  const seen = list.getBoundingClientRect();
  if (top < seen.top) list.scrollTop -= seen.top - top;
  else if (bottom > seen.bottom) list.scrollTop += bottom - seen.bottom;
}

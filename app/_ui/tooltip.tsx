// What a button is called, beside it: after a moment under the mouse, at once for the keyboard. For the eyes only; to
// everybody else the button says its name itself. Escape closes it, and the mouse may go into it.
"use client";

import { computePosition, flip, offset, shift } from "@floating-ui/dom";
import {
  type ComponentProps,
  cloneElement,
  type ReactElement,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";

/** ms */
const DELAY = 350;
/** ms in which the mouse gets into it, or to the next button. */
const GRACE = 150;

/** Closes the one that is open: there is never a second. */
let closeOpen: (() => void) | null = null;
/** When the last one was closed: from button to button, nobody waits again. */
let closedAt = Number.NEGATIVE_INFINITY;

interface TooltipProps {
  content: ReactNode;
  /** A button element; it gets what the tooltip listens to. */
  children: ReactElement<ComponentProps<"button">>;
}

export function Tooltip({ content, children }: TooltipProps) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const close = useCallback(() => {
    clearTimeout(timer.current);
    setAnchor(null);
    if (closeOpen !== close) return;
    closeOpen = null;
    closedAt = performance.now();
  }, []);
  useEffect(() => close, [close]);

  const open = (element: Element) => {
    if (closeOpen !== close) closeOpen?.();
    closeOpen = close;
    setAnchor(element);
  };
  const soon = (ms: number, run: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(run, ms);
  };
  const isWarm = () => closeOpen !== null || performance.now() - closedAt < GRACE;
  const trigger = cloneElement(children, {
    onPointerEnter: (event) => {
      const element = event.currentTarget;
      if (event.pointerType === "mouse") soon(isWarm() ? 0 : DELAY, () => open(element));
    },
    onPointerLeave: () => soon(GRACE, close),
    onPointerDown: close,
    onFocus: (event) => {
      children.props.onFocus?.(event);
      if (event.currentTarget.matches(":focus-visible")) open(event.currentTarget);
    },
    onBlur: close,
  });
  return (
    <>
      {trigger}
      {anchor?.isConnected
        ? createPortal(
            <Popup
              anchor={anchor}
              onClose={close}
              onStay={() => clearTimeout(timer.current)}
              onLeave={() => soon(GRACE, close)}
            >
              {content}
            </Popup>,
            document.body,
          )
        : null}
    </>
  );
}

interface PopupProps {
  anchor: Element;
  onClose(): void;
  onStay(): void;
  onLeave(): void;
  children: ReactNode;
}

function Popup({ anchor, onClose, onStay, onLeave, children }: PopupProps) {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const middleware = [offset(6), flip(), shift({ padding: 8 })];
    void computePosition(anchor, element, { strategy: "fixed", placement: "top", middleware }).then(({ x, y }) => {
      Object.assign(element.style, { left: `${x}px`, top: `${y}px`, visibility: "visible" });
    });
    const onKeyDown = (event: KeyboardEvent) => event.key === "Escape" && close.current();
    const onScroll = () => close.current();
    document.addEventListener("keydown", onKeyDown);
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("scroll", onScroll);
    };
  }, [anchor]);
  return (
    <div
      ref={box}
      aria-hidden
      className="tooltip tooltip-layer"
      style={{ position: "fixed", visibility: "hidden", inlineSize: "max-content", left: 0, top: 0 }}
      onPointerEnter={onStay}
      onPointerLeave={onLeave}
    >
      {children}
    </div>
  );
}

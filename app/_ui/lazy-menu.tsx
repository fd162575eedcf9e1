// A menu of Base UI whose code comes when somebody is about to open it: the mouse is over its button, or the focus on
// it. The button is a plain one, from the server; whoever is faster than the code gets the menu as soon as it is there.
"use client";

import type { Menu } from "@base-ui/react/menu";
import {
  type ComponentProps,
  cloneElement,
  createContext,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  use,
  useCallback,
  useId,
  useRef,
  useState,
} from "react";
import { later } from "./later.ts";
import { useLater } from "./use-later.ts";

export type MenuParts = typeof Menu;

const load = later(async () => (await import("@base-ui/react/menu")).Menu);

const Parts = createContext<MenuParts | null>(null);

/** For what is inside a menu. */
export function useMenuParts(): MenuParts {
  const parts = use(Parts);
  if (!parts) throw new Error("This belongs into a LazyMenu.");
  return parts;
}

interface LazyMenuProps<Inside> {
  /** A button element; it gets the menu's props beside its own. With `aria-disabled` nothing opens. */
  trigger: ReactElement<ComponentProps<"button">>;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  sideOffset?: number;
  layerClass: string;
  popupClass: string;
  /** What gets the focus afterwards; the button, if nothing is said. */
  finalFocus?: () => HTMLElement | undefined;
  onOpenChange?(isOpen: boolean): void;
  /** Entries whose code comes with the menu's; always the same function. */
  inside?: () => Promise<Inside>;
  /** Drawn only while the menu is there. */
  children: ReactNode | ((inside: Inside) => ReactNode);
}

export function LazyMenu<Inside = null>({
  trigger,
  layerClass,
  popupClass,
  finalFocus,
  onOpenChange,
  inside,
  children,
  ...place
}: LazyMenuProps<Inside>) {
  const [isWanted, setOpen] = useState(false);
  const own = trigger.props;
  // Not `disabled`: arrow keys go over such a button, and a focus in it is not lost with the access.
  const isOff = own["aria-disabled"] === true;
  const isOpen = isWanted && !isOff;
  const button = useRef<HTMLButtonElement>(null);
  const enterAt = useRef<"first" | "last" | null>(null);
  const id = useId();
  const change = (next: boolean) => {
    if (next && isOff) return;
    setOpen(next);
    onOpenChange?.(next);
  };
  const open = (at: "first" | "last" | null) => {
    enterAt.current = at;
    change(true);
  };
  const loadAll = useCallback(async () => ({ parts: await load(), inside: (await inside?.()) as Inside }), [inside]);
  const loaded = useLater(loadAll, isOpen, () => change(false));
  // What fails now is told when it is needed.
  const prepare = () => void loadAll().catch(() => {});
  const shown = cloneElement(trigger, {
    ref: button,
    id: own.id ?? id,
    "aria-haspopup": "menu",
    "aria-expanded": isOpen,
    "data-popup-open": isOpen || undefined,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      own.onClick?.(event);
      // A click from the keyboard has no number.
      open(event.detail === 0 ? "first" : null);
    },
    onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => {
      const at = ({ ArrowDown: "first", ArrowUp: "last" } as const)[event.key];
      if (!at || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(at);
    },
  } as Partial<ComponentProps<"button">>);
  /** The menu itself gets the focus first. */
  const enter = ({ target, currentTarget }: FocusEvent<HTMLElement>) => {
    const at = enterAt.current;
    if (!at || target !== currentTarget) return;
    enterAt.current = null;
    [...currentTarget.querySelectorAll<HTMLElement>(ITEMS)].at(at === "last" ? -1 : 0)?.focus();
  };
  return (
    <>
      {shown}
      {loaded ? (
        <loaded.parts.Root open={isOpen} onOpenChange={change}>
          <loaded.parts.Portal>
            <loaded.parts.Positioner anchor={button} sideOffset={6} className={layerClass} {...place}>
              <loaded.parts.Popup
                aria-labelledby={own.id ?? id}
                className={popupClass}
                onFocus={enter}
                finalFocus={() => finalFocus?.() ?? button.current}
              >
                <Parts value={loaded.parts}>
                  {typeof children === "function" ? children(loaded.inside) : children}
                </Parts>
              </loaded.parts.Popup>
            </loaded.parts.Positioner>
          </loaded.parts.Portal>
        </loaded.parts.Root>
      ) : null}
    </>
  );
}

const ITEMS = '[role^="menuitem"]:not([aria-disabled="true"])';

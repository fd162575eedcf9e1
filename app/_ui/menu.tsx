// A menu that opens from a button: Base UI's behaviour in our clothes.
"use client";

import type { ComponentProps, ReactElement, ReactNode } from "react";
import { LazyMenu, useMenuParts } from "./lazy-menu.tsx";

export function Menu<Inside = null>({
  trigger,
  inside,
  children,
  align = "end",
  side = "bottom",
}: {
  /** A button element; it gets the menu's props. */
  trigger: ReactElement<ComponentProps<"button">>;
  inside?: () => Promise<Inside>;
  children: ReactNode | ((inside: Inside) => ReactNode);
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
}) {
  return (
    <LazyMenu
      trigger={trigger}
      {...(inside ? { inside } : {})}
      align={align}
      side={side}
      layerClass="z-80 outline-none"
      popupClass="min-w-44 rounded-xl bg-raised p-1 text-ink shadow-menu outline-none"
    >
      {children}
    </LazyMenu>
  );
}

export function MenuItem({
  icon,
  onSelect,
  danger = false,
  children,
}: {
  icon?: ReactNode;
  onSelect(): void;
  danger?: boolean;
  children: ReactNode;
}) {
  const Base = useMenuParts();
  return (
    <Base.Item
      onClick={onSelect}
      className={`flex h-11 items-center gap-2.5 rounded-md px-2.5 -outline-offset-2 select-none data-highlighted:bg-hover sm:h-8 pointer-coarse:h-11 ${danger ? "text-bad" : ""}`}
    >
      <span aria-hidden className={danger ? "" : "text-ink-3"}>
        {icon}
      </span>
      {children}
    </Base.Item>
  );
}

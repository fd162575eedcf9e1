// An entry of a menu that does something.
"use client";

import type { ReactNode } from "react";
import { useMenuParts } from "./lazy-menu.tsx";

/** What every entry of a menu looks like. */
export const menuItemClass =
  "flex h-11 items-center gap-2.5 rounded-md px-2.5 -outline-offset-2 select-none data-highlighted:bg-hover sm:h-8 pointer-coarse:h-11";

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
    <Base.Item onClick={onSelect} className={`${menuItemClass} ${danger ? "text-bad" : ""}`}>
      <span aria-hidden className={danger ? "" : "text-ink-3"}>
        {icon}
      </span>
      {children}
    </Base.Item>
  );
}

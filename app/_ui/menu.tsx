// A menu that opens from a button: Base UI's behaviour in our clothes.
"use client";

import type { ComponentProps, ReactElement, ReactNode } from "react";
import { LazyMenu } from "./lazy-menu.tsx";

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

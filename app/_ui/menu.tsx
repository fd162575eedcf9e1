// A menu that opens from a button: Base UI's behaviour in our clothes.
"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactElement, ReactNode } from "react";

export function Menu({
  trigger,
  children,
  align = "end",
  side = "bottom",
}: {
  /** A button element; it gets the menu's props. */
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={6} className="z-80 outline-none">
          <Base.Popup className="min-w-44 rounded-xl bg-raised p-1 text-ink shadow-menu outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
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

/** Leads to another page of ours. */
export function MenuLink({ icon, href, children }: { icon?: ReactNode; href: string; children: ReactNode }) {
  return (
    <Base.Item
      render={<Link href={href} />}
      className="flex h-11 items-center gap-2.5 rounded-md px-2.5 -outline-offset-2 select-none data-highlighted:bg-hover sm:h-8 pointer-coarse:h-11"
    >
      <span aria-hidden className="text-ink-3">
        {icon}
      </span>
      {children}
    </Base.Item>
  );
}

/** One of several, of which exactly one is ticked. */
export function MenuChoice<T extends string>({
  label,
  value,
  onChange,
  choices,
}: {
  label: string;
  value: T | undefined;
  onChange(value: T): void;
  /** `lang`: what the label is written in, if it is not the page's language. */
  choices: readonly { value: T; label: string; icon?: ReactNode; lang?: string }[];
}) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 py-2 text-xs text-ink-3">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onChange}>
        {choices.map((choice) => (
          <Base.RadioItem
            key={choice.value}
            value={choice.value}
            className="flex h-11 items-center gap-2.5 rounded-md px-2.5 -outline-offset-2 select-none data-highlighted:bg-hover sm:h-8 pointer-coarse:h-11"
          >
            {choice.icon ? (
              <span aria-hidden className="text-ink-3">
                {choice.icon}
              </span>
            ) : null}
            <bdi lang={choice.lang}>{choice.label}</bdi>
            <Base.RadioItemIndicator className="ms-auto ps-3 text-accent">
              <Check aria-hidden size={16} strokeWidth={2} />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export function MenuLine() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}

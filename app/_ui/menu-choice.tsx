// Entries of a menu that do not just do something: links, and choices of one among several.
"use client";

import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { useMenuParts } from "./lazy-menu.tsx";
import { Link } from "./link.tsx";
import { menuItemClass } from "./menu-item.tsx";

/** Leads to another page of ours. */
export function MenuLink({ icon, href, children }: { icon?: ReactNode; href: string; children: ReactNode }) {
  const Base = useMenuParts();
  return (
    <Base.Item render={<Link href={href} />} className={menuItemClass}>
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
  const Base = useMenuParts();
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 py-2 text-xs text-ink-3">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onChange}>
        {choices.map((choice) => (
          <Base.RadioItem key={choice.value} value={choice.value} className={menuItemClass}>
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
  const Base = useMenuParts();
  return <Base.Separator className="my-1 h-px bg-line" />;
}

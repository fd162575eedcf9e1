// The frame around lists: navigation at the side, as a drawer on phones, and the account at its foot.
"use client";

import { FileText, Menu as MenuIcon, Trash2, X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "#app/_ui/button.tsx";
import { type Account, AccountMenu } from "./account-menu.tsx";

interface ShellProps {
  user: Account;
  current: "documents" | "trash";
  children: ReactNode;
}

const places = [
  { name: "documents", href: "/documents", label: "Documents", Icon: FileText },
  { name: "trash", href: "/documents/trash", label: "Trash", Icon: Trash2 },
] as const;

export function Shell({ user, current, children }: ShellProps) {
  const drawer = useRef<HTMLDialogElement>(null);
  // Another page in the same frame: the drawer has done its work.
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes whenever the place changes.
  useEffect(() => drawer.current?.close(), [current]);
  const navigation = <Navigation user={user} current={current} />;
  return (
    <div className="md:grid md:grid-cols-[16rem_1fr]">
      <div className="sticky top-0 hidden h-dvh border-e border-line bg-shell md:block">{navigation}</div>
      <div className="flex h-14 items-center gap-1 border-b border-line bg-shell px-2 md:hidden">
        <IconButton label="Open navigation" onClick={() => drawer.current?.showModal()}>
          <MenuIcon size={20} strokeWidth={1.75} />
        </IconButton>
        <span className="font-semibold tracking-tight">next-yroom</span>
      </div>
      <dialog
        ref={drawer}
        aria-label="Navigation"
        closedby="any"
        className="fixed inset-y-0 start-0 m-0 h-dvh max-h-none w-72 max-w-[85vw] bg-shell text-ink shadow-dialog backdrop:bg-black/40"
      >
        <div className="absolute end-1 top-1.5">
          <IconButton label="Close navigation" onClick={() => drawer.current?.close()}>
            <X size={20} strokeWidth={1.75} />
          </IconButton>
        </div>
        {navigation}
      </dialog>
      <main className="min-h-dvh bg-paper">{children}</main>
    </div>
  );
}

function Navigation({ user, current }: Omit<ShellProps, "children">) {
  return (
    <nav aria-label="Main" className="flex h-full flex-col p-3">
      <p className="px-2.5 pt-1.5 pb-5 font-semibold tracking-tight">next-yroom</p>
      <ul className="grid gap-0.5">
        {places.map(({ name, href, label, Icon }) => (
          <li key={name}>
            <Link
              href={href}
              aria-current={name === current ? "page" : undefined}
              className={`flex h-11 items-center gap-2.5 rounded-md px-2.5 font-medium transition-colors duration-100 md:h-8 ${
                name === current ? "bg-accent-soft text-ink" : "text-ink-2 hover:bg-hover hover:text-ink"
              }`}
            >
              <Icon aria-hidden size={18} strokeWidth={1.75} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <div className="mt-auto">
        <AccountMenu user={user} />
      </div>
    </nav>
  );
}

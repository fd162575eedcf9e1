// The frame around lists: navigation at the side, as a drawer on phones, and the account at its foot.
"use client";

import { Command, FileText, Menu as MenuIcon, Trash2 } from "lucide-react";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { keyLabel } from "#app/_editor/key-label.ts";
import { isMac } from "#app/_editor/platform.ts";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { PALETTE_KEY, Palette } from "#app/_palette/palette.tsx";
import { IconButton } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Logo } from "#app/_ui/logo.tsx";
import { whenOpened } from "#app/_ui/when-opened.tsx";
import { type Account, AccountMenu } from "./account-menu.tsx";

const Drawer = whenOpened(async () => (await import("./drawer.tsx")).Drawer);

interface ShellProps {
  user: Account;
  current: "documents" | "trash" | "admin";
  children: ReactNode;
}

const places = [
  { name: "documents", href: "/documents", Icon: FileText },
  { name: "trash", href: "/documents/trash", Icon: Trash2 },
] as const;

export function Shell({ user, current, children }: ShellProps) {
  const [words, common] = [useTranslations("shell"), useTranslations("common")];
  const [isOpen, setOpen] = useState(false);
  const [commanding, setCommanding] = useState(false);
  const showCommands = () => {
    setOpen(false);
    setCommanding(true);
  };
  const navigation = <Navigation user={user} current={current} onGo={() => setOpen(false)} onCommands={showCommands} />;
  return (
    <div className="md:grid md:grid-cols-[16rem_1fr]">
      <div className="sticky top-0 hidden h-dvh border-e border-line bg-shell md:block">{navigation}</div>
      <header className="flex h-14 items-center gap-1 border-b border-line bg-shell px-2 md:hidden">
        <IconButton
          label={words("openNavigation")}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setOpen(true)}
        >
          <MenuIcon size={20} strokeWidth={1.75} />
        </IconButton>
        <Drawer open={isOpen} onOpenChange={setOpen}>
          {navigation}
        </Drawer>
        <Logo />
        <IconButton className="ms-auto" label={common("commands")} onClick={showCommands}>
          <Command aria-hidden size={20} strokeWidth={1.75} />
        </IconButton>
      </header>
      <main className="min-h-dvh bg-paper">{children}</main>
      <Palette open={commanding} onOpenChange={setCommanding} />
    </div>
  );
}

type NavigationProps = Omit<ShellProps, "children"> & { onGo(): void; onCommands(): void };

function Navigation({ user, current, onGo, onCommands }: NavigationProps) {
  const [words, common] = [useTranslations("shell"), useTranslations("common")];
  return (
    <nav aria-label={words("main")} className="flex h-full flex-col p-3">
      <p className="px-2 pt-1 pb-5">
        <Logo />
      </p>
      <ul className="grid gap-0.5">
        {places.map(({ name, href, Icon }) => (
          <li key={name}>
            <Link
              href={href}
              onClick={onGo}
              aria-current={name === current ? "page" : undefined}
              className={`flex h-11 items-center gap-2.5 rounded-md px-2.5 font-medium transition-colors duration-100 md:h-8 pointer-coarse:h-11 ${
                name === current ? "bg-accent-soft text-ink" : "text-ink-2 hover:bg-hover hover:text-ink"
              }`}
            >
              <Icon aria-hidden size={18} strokeWidth={1.75} />
              {common(name)}
            </Link>
          </li>
        ))}
        <li>
          <button
            type="button"
            onClick={onCommands}
            className="flex h-11 w-full items-center gap-2.5 rounded-md px-2.5 font-medium text-ink-2 transition-colors duration-100 hover:bg-hover hover:text-ink md:h-8 pointer-coarse:h-11"
          >
            <Command aria-hidden size={18} strokeWidth={1.75} />
            {common("commands")}
            <CommandsKey />
          </button>
        </li>
      </ul>
      <div className="mt-auto">
        <AccountMenu user={user} />
      </div>
    </nav>
  );
}

/** The server does not know the kind of keyboard. */
function CommandsKey() {
  const label = useSyncExternalStore(noNews, keyHere, noKey);
  return (
    <kbd aria-hidden className="ms-auto font-sans text-xs font-normal text-ink-3 pointer-coarse:hidden">
      {label}
    </kbd>
  );
}

const noNews = () => () => {};
const keyHere = () => keyLabel(PALETTE_KEY, isMac());
const noKey = () => "";

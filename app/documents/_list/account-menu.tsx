// Who is signed in, and the menu of what is theirs.
"use client";

import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Avatar } from "#app/_ui/avatar.tsx";
import { later } from "#app/_ui/later.ts";
import { Menu } from "#app/_ui/menu.tsx";

export interface Account {
  name: string;
  email: string;
  color: number;
  isAdmin: boolean;
}

const loadItems = later(async () => (await import("./account-items.tsx")).AccountItems);

export function AccountMenu({ user }: { user: Account }) {
  const words = useTranslations("shell");
  const trigger = (
    <button
      type="button"
      className="flex w-full items-center gap-2.5 rounded-lg p-2 text-start transition-colors duration-100 hover:bg-hover"
    >
      <Avatar person={user} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <span className="sr-only">{words("accountOf")} </span>
          {user.name}
        </span>
        <span className="block truncate text-xs text-ink-3">{user.email}</span>
      </span>
      <ChevronsUpDown aria-hidden size={16} className="text-ink-3" />
    </button>
  );
  return (
    <Menu trigger={trigger} side="top" align="start" inside={loadItems}>
      {(AccountItems) => <AccountItems isAdmin={user.isAdmin} />}
    </Menu>
  );
}

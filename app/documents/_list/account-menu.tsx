// Who is signed in, the theme, the language, and the way out.
"use client";

import { Activity, ChevronsUpDown, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useChooseLocale } from "#app/_i18n/choose-locale.ts";
import { locales } from "#app/_i18n/locales.ts";
import { useLocale, useTranslations } from "#app/_i18n/use-translations.tsx";
import { Avatar } from "#app/_ui/avatar.tsx";
import { Menu, MenuChoice, MenuItem, MenuLine, MenuLink } from "#app/_ui/menu.tsx";
import { useSignOut } from "#app/_ui/sign-out.ts";

export interface Account {
  name: string;
  email: string;
  color: number;
  isAdmin: boolean;
}

const themes = [
  { value: "light", icon: <Sun size={16} strokeWidth={1.75} /> },
  { value: "dark", icon: <Moon size={16} strokeWidth={1.75} /> },
  { value: "system", icon: <Monitor size={16} strokeWidth={1.75} /> },
] as const;
const languages = locales.map(({ code, name }) => ({ value: code, label: name, lang: code }));

export function AccountMenu({ user }: { user: Account }) {
  const { theme, setTheme } = useTheme();
  const locale = useLocale();
  const [words, common, language] = [useTranslations("shell"), useTranslations("common"), useTranslations("language")];
  const signOut = useSignOut();
  const chooseLocale = useChooseLocale();
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
    <Menu trigger={trigger} side="top" align="start">
      <MenuChoice
        label={words("theme")}
        value={theme}
        onChange={setTheme}
        choices={themes.map(({ value, icon }) => ({ value, icon, label: words(value) }))}
      />
      <MenuLine />
      <MenuChoice
        label={language("label")}
        value={locale}
        onChange={(code) => void chooseLocale(code)}
        choices={languages}
      />
      <MenuLine />
      {user.isAdmin ? (
        <MenuLink icon={<Activity size={16} strokeWidth={1.75} />} href="/admin">
          {common("whatRuns")}
        </MenuLink>
      ) : null}
      <MenuItem icon={<LogOut size={16} strokeWidth={1.75} />} onSelect={() => void signOut()}>
        {common("signOut")}
      </MenuItem>
    </Menu>
  );
}

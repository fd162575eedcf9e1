// What the account menu offers: the theme, the language, and the way out. Loaded when somebody is about to open it.
"use client";

import { Activity, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useChooseLocale } from "#app/_i18n/choose-locale.ts";
import { locales } from "#app/_i18n/locales.ts";
import { useLocale, useTranslations } from "#app/_i18n/use-translations.tsx";
import { MenuChoice, MenuLine, MenuLink } from "#app/_ui/menu-choice.tsx";
import { MenuItem } from "#app/_ui/menu-item.tsx";
import { useSignOut } from "#app/_ui/sign-out.ts";
import { useTheme } from "#app/_ui/theme.ts";

const themes = [
  { value: "light", icon: <Sun size={16} strokeWidth={1.75} /> },
  { value: "dark", icon: <Moon size={16} strokeWidth={1.75} /> },
  { value: "system", icon: <Monitor size={16} strokeWidth={1.75} /> },
] as const;
const languages = locales.map(({ code, name }) => ({ value: code, label: name, lang: code }));

export function AccountItems({ isAdmin }: { isAdmin: boolean }) {
  const { theme, setTheme } = useTheme();
  const locale = useLocale();
  const [words, common, language] = [useTranslations("shell"), useTranslations("common"), useTranslations("language")];
  const signOut = useSignOut();
  const chooseLocale = useChooseLocale();
  return (
    <>
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
      {isAdmin ? (
        <MenuLink icon={<Activity size={16} strokeWidth={1.75} />} href="/admin">
          {common("whatRuns")}
        </MenuLink>
      ) : null}
      <MenuItem icon={<LogOut size={16} strokeWidth={1.75} />} onSelect={() => void signOut()}>
        {common("signOut")}
      </MenuItem>
    </>
  );
}

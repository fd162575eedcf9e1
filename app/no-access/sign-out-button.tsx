"use client";

import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button } from "#app/_ui/button.tsx";
import { useSignOut } from "#app/_ui/sign-out.ts";

export function SignOutButton() {
  const signOut = useSignOut();
  const words = useTranslations("common");
  return <Button onClick={signOut}>{words("signOut")}</Button>;
}

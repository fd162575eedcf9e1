// Ends the session in this browser, and takes the local copies of documents with it: who comes next must not find them.
"use client";

import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { clearLocalCopies, hasUnsentCopies } from "#app/_collab/local-store.ts";

/** Asks first if something would be lost. */
export function useSignOut(): () => Promise<void> {
  const words = useTranslations("common");
  return async () => {
    if ((await hasUnsentCopies()) && !confirm(words("signOutWarning"))) return;
    await clearLocalCopies();
    try {
      await signOut({ redirect: false });
    } catch {
      toast.error(words("signOutFailed"));
      return;
    }
    location.assign("/login");
  };
}

// Ends the session in this browser, and takes the local copies of documents with it: who comes next must not find them.
"use client";

import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { wouldAsk } from "#app/_ui/leaving.ts";
import { notifyError } from "#app/_ui/notify.ts";

/** Asks first if something would be lost. */
export function useSignOut(): () => Promise<void> {
  const words = useTranslations("common");
  return async () => {
    try {
      // Loaded when somebody leaves, not with every page.
      const { clearLocalCopies, hasUnsentCopies } = await import("#app/_collab/local-store.ts");
      const { signOut } = await import("next-auth/react");
      if ((wouldAsk() || (await hasUnsentCopies())) && !confirm(words("signOutWarning"))) return;
      await clearLocalCopies();
      await signOut({ redirect: false });
    } catch {
      notifyError(words("signOutFailed"));
      return;
    }
    location.assign("/login");
  };
}

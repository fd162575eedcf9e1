// Ends the session in this browser, and takes the local copies of documents with it: who comes next must not find them.
import { signOut } from "next-auth/react";
import { toast } from "sonner";
import { clearLocalCopies, hasUnsentCopies } from "#app/_collab/local-store.ts";

const WARNING =
  "Some of what you wrote has not reached the server yet. Signing out deletes it from this device. Sign out all the same?";

/** Asks first if something would be lost. */
export async function signOutHere(): Promise<void> {
  if ((await hasUnsentCopies()) && !confirm(WARNING)) return;
  await clearLocalCopies();
  try {
    await signOut({ redirect: false });
  } catch {
    toast.error("You are still signed in: the server did not answer. Try again in a moment.");
    return;
  }
  location.assign("/login");
}

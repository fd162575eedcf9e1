// Ends the session in this browser, and takes the local copies of documents with it.
import { signOut } from "next-auth/react";
import { clearLocalCopies } from "#app/_collab/local-store.ts";

export async function signOutHere(): Promise<void> {
  await clearLocalCopies();
  await signOut({ redirect: false });
  location.assign("/login");
}

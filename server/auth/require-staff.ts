// The gate of every page: somebody is signed in, and belongs to the staff.
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { mayEnter } from "./access.ts";
import { readSession, type SessionUser } from "./session.ts";

/**
 * The signed-in member of staff. Everybody else is sent to a page that says what to do; `callback` is the path to come
 * back to after the login.
 */
export async function requireStaff(callback?: string): Promise<SessionUser> {
  const user = await readSession({ headers: await headers() });
  if (!user) redirect(callback ? `/login?callbackUrl=${encodeURIComponent(callback)}` : "/login");
  if (!mayEnter(user)) redirect("/no-access");
  return user;
}

// The gate of the administrators' page.
import { notFound } from "next/navigation";
import { mayAdminister } from "./access.ts";
import { requireStaff } from "./require-staff.ts";
import type { SessionUser } from "./session.ts";

/** The signed-in admin. For other members of staff there is no such page. */
export async function requireAdmin(callback: string): Promise<SessionUser> {
  const user = await requireStaff(callback);
  if (!mayAdminister(user)) notFound();
  return user;
}

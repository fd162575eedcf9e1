// Demo accounts of a database that is not, or not any more, a demo: anybody who has read the README knows their
// password. They are closed, not deleted, since documents are theirs. Whoever has a password of their own is nobody's
// business here.
import type { PrismaClient } from "#prisma/client.ts";
import { verifyPassword } from "#prisma/password.ts";
import { DEMO_PASSWORD, demoPeople } from "#prisma/seed/people.ts";

/** Deactivates those that the published password opens, and ends their sessions. Answers their addresses. */
export async function closeDemoAccounts(db: PrismaClient): Promise<string[]> {
  const OR = demoPeople.map(({ email }) => ({ email }));
  return changeEach(db, { isActive: true, OR }, { isActive: false, sessionVersion: { increment: 1 } });
}

/** Undoes it for those whose rights are still the demo's. Answers their addresses. */
export async function reopenDemoAccounts(db: PrismaClient): Promise<string[]> {
  const OR = demoPeople.map(({ email, isStaff, isAdmin }) => ({ email, isStaff, isAdmin }));
  return changeEach(db, { isActive: false, OR }, { isActive: true });
}

/** Whether it is a demo account that the published password opens, or would if it were active. */
export async function hasPublishedPassword(user: { email: string; passwordHash: string }): Promise<boolean> {
  return demoPeople.some(({ email }) => email === user.email) && verifyPassword(user.passwordHash, DEMO_PASSWORD);
}

async function changeEach(
  db: PrismaClient,
  where: { isActive: boolean; OR: { email: string; isStaff?: boolean; isAdmin?: boolean }[] },
  data: { isActive: boolean; sessionVersion?: { increment: number } },
): Promise<string[]> {
  const changed: string[] = [];
  for (const user of await db.user.findMany({ where, orderBy: { email: "asc" } })) {
    if (!(await hasPublishedPassword(user))) continue;
    // Asked once more: somebody may be giving this account a password of its own right now.
    const { id, email, passwordHash } = user;
    const { count } = await db.user.updateMany({ where: { ...where, id, passwordHash }, data });
    if (count > 0) changed.push(email);
  }
  return changed;
}

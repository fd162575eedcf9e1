// The demo accounts that the login page offers: those that exist, on a server that seeds them.
import { runtime } from "#lib/runtime.ts";
import { db } from "#prisma/client.ts";
import { demoPeople } from "#prisma/seed/people.ts";

export interface DemoPerson {
  email: string;
  name: string;
  color: number;
  role: "admin" | "staff" | "other";
}

export async function findDemoPeople(): Promise<DemoPerson[]> {
  if (!runtime().env.SEED_DEMO) return [];
  const people = await db().user.findMany({
    where: { email: { in: demoPeople.map((person) => person.email) }, isActive: true },
    select: { email: true, name: true, color: true, isStaff: true, isAdmin: true },
    orderBy: { createdAt: "asc" },
  });
  return people.map(({ isStaff, isAdmin, ...person }) => ({
    ...person,
    role: isAdmin ? "admin" : isStaff ? "staff" : "other",
  }));
}

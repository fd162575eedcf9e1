// What an operator may do with people's accounts. Texts and the command line are prisma/people/commands.ts; how fast a
// change reaches those who are logged in is server/access-watch.ts.
import { PEOPLE_COLORS } from "#lib/palette.ts";
import type { PrismaClient } from "#prisma/client.ts";
import { hashPassword } from "#prisma/password.ts";

/** What it takes to administer; the same as server/auth/access.ts says. */
export const ADMINISTRATOR = { isActive: true, isStaff: true, isAdmin: true } as const;

/** It was understood, and is not done. The message is one line for the operator. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code = "REFUSED";
}

export type Person = Awaited<ReturnType<typeof findPerson>>;

/** Everybody, by address. */
export function listPeople(db: PrismaClient): Promise<Person[]> {
  return db.user.findMany({ orderBy: { email: "asc" } });
}

/** Throws a Refusal if there is nobody with this address. */
export async function findPerson(db: Pick<PrismaClient, "user">, email: string) {
  const person = await db.user.findUnique({ where: { email } });
  if (!person) throw new Refusal(`Nobody has the address ${email}. “people list” shows who there is.`);
  return person;
}

/** Adds a member of the staff. Throws a Refusal if the address is taken. */
export async function addPerson(
  db: PrismaClient,
  { password, ...person }: { email: string; name: string; isAdmin: boolean; password: string },
): Promise<void> {
  const [color, passwordHash] = await Promise.all([nextColor(db), hashPassword(password)]);
  const data = { ...person, isStaff: true, color, passwordHash };
  const { count } = await db.user.createMany({ data, skipDuplicates: true });
  if (count > 0) return;
  const { isActive } = await findPerson(db, person.email);
  const hint = isActive ? "" : `, which is not active: “people activate ${person.email}” lets them in again`;
  throw new Refusal(`${person.email} has an account already${hint}.`);
}

/** Replaces the password, and ends every session. */
export async function setPassword(db: PrismaClient, email: string, password: string): Promise<Person> {
  await findPerson(db, email);
  const passwordHash = await hashPassword(password);
  return db.user.update({ where: { email }, data: { passwordHash, sessionVersion: { increment: 1 } } });
}

/** Ends every session of a person who may log in again. */
export async function signOut(db: PrismaClient, email: string): Promise<Person> {
  await findPerson(db, email);
  return db.user.update({ where: { email }, data: { sessionVersion: { increment: 1 } } });
}

export interface Changes {
  name?: string | undefined;
  isStaff?: boolean | undefined;
  isAdmin?: boolean | undefined;
  isActive?: boolean | undefined;
}

/**
 * Changes what is given; to deactivate ends every session too. Answers the person before and after. Throws a Refusal if
 * nobody could administer then, or if somebody would administer who may not enter.
 */
export function changePerson(
  db: PrismaClient,
  email: string,
  changes: Changes,
): Promise<{ before: Person; after: Person }> {
  return db.$transaction(async (tx) => {
    // Of two who each take the rights of another administrator, the second waits here, and then sees that it is the last.
    await tx.$queryRaw`SELECT id FROM users WHERE is_admin ORDER BY id FOR UPDATE`;
    const before = await findPerson(tx, email);
    const { isStaff = before.isStaff, isAdmin = before.isAdmin, isActive = before.isActive } = changes;
    const changesRights = isStaff !== before.isStaff || isAdmin !== before.isAdmin;
    if (changesRights && isAdmin && !isStaff) {
      throw new Refusal(
        `An administrator belongs to the staff: say ${changes.isAdmin ? "--staff" : "--no-admin"} too.`,
      );
    }
    if (isAdministrator(before) && !isAdministrator({ isStaff, isAdmin, isActive })) {
      const others = await tx.user.count({ where: { ...ADMINISTRATOR, id: { not: before.id } } });
      if (others === 0) throw new Refusal(`${email} is the last active administrator; make somebody else one first.`);
    }
    const ends = before.isActive && !isActive;
    const data = { ...given(changes), ...(ends ? { sessionVersion: { increment: 1 } } : {}) };
    return { before, after: await tx.user.update({ where: { email }, data }) };
  });
}

function isAdministrator({ isActive, isStaff, isAdmin }: Pick<Person, "isActive" | "isStaff" | "isAdmin">): boolean {
  return isActive && isStaff && isAdmin;
}

function given(changes: Changes) {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** The first index of the palette that the fewest people have. */
async function nextColor(db: PrismaClient): Promise<number> {
  const uses = PEOPLE_COLORS.map(() => 0);
  for (const { color } of await db.user.findMany({ select: { color: true } })) {
    const index = ((color % uses.length) + uses.length) % uses.length;
    uses[index] = (uses[index] ?? 0) + 1;
  }
  return uses.indexOf(Math.min(...uses));
}

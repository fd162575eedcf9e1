// First content of a database: the demo people and documents, or one administrator. Safe to repeat: what is there
// already is never changed; whether the demo people may log in is prisma/seed/demo-accounts.ts.
import type { Env } from "#lib/env.ts";
import type { Log } from "#lib/log.ts";
import { documentRoom } from "#lib/room-types.ts";
import type { PrismaClient } from "#prisma/client.ts";
import { hashPassword, makePassword } from "#prisma/password.ts";
import { ADMINISTRATOR } from "#prisma/people/accounts.ts";
import { handbook } from "#prisma/seed/handbook.ts";
import { meeting } from "#prisma/seed/meeting.ts";
import { DEMO_PASSWORD, demoPeople } from "#prisma/seed/people.ts";
import { toRoomState } from "#prisma/seed/to-yjs.ts";
import { welcome } from "#prisma/seed/welcome.ts";

/** `password` is null if it came from the environment; otherwise it is known to nobody but the caller. */
export interface FirstAdmin {
  email: string;
  password: string | null;
}

/** Not a deliverable address; the administrator is asked to make accounts for people. */
const DEFAULT_ADMIN_EMAIL = "admin@yroom.local";

/** In the order of the list, most recently edited first, with the owner and the age in ms. */
const demoDocuments = [
  { ...welcome, owner: "admin@example.com", age: 0 },
  { ...meeting, owner: "ana@example.com", age: 3 * 3_600_000 },
  { ...handbook, owner: "ben@example.com", age: 26 * 3_600_000 },
];

/** Creates the demo people that are missing and, in a database without any document, the demo documents. */
export async function seedDemo(db: PrismaClient, log: Pick<Log, "info">): Promise<void> {
  const known = await db.user.findMany({ where: { email: { in: demoPeople.map((person) => person.email) } } });
  const missing = demoPeople.filter((person) => !known.some((user) => user.email === person.email));
  if (missing.length > 0) {
    const data = await Promise.all(
      missing.map(async (person) => ({ ...person, passwordHash: await hashPassword(DEMO_PASSWORD) })),
    );
    await db.user.createMany({ data, skipDuplicates: true });
    log.info(`Created the demo people ${missing.map((person) => person.name).join(", ")}`);
  }
  if ((await db.document.count()) > 0) return;
  const users = await db.user.findMany({ where: { email: { in: demoDocuments.map((document) => document.owner) } } });
  await db.$transaction(async (tx) => {
    for (const { title, content, owner, age } of demoDocuments) {
      const time = new Date(Date.now() - age);
      const createdById = users.find((user) => user.email === owner)?.id ?? null;
      const { id } = await tx.document.create({ data: { title, createdById, createdAt: time, editedAt: time } });
      const state = Uint8Array.from(toRoomState(content));
      await tx.roomSnapshot.create({ data: { room: documentRoom(id), state, upTo: 0n, savedAt: time } });
    }
  });
  log.info(`Created the demo documents ${demoDocuments.map((document) => `“${document.title}”`).join(", ")}`);
}

/**
 * Creates one administrator where there is none who may administer, from ADMIN_EMAIL and ADMIN_PASSWORD or made up.
 * Answers null if there is one already, or if the address is somebody's: nobody is given rights unasked.
 */
export async function createFirstAdmin(
  db: PrismaClient,
  env: Pick<Env, "ADMIN_EMAIL" | "ADMIN_PASSWORD">,
  log: Pick<Log, "info" | "warn">,
): Promise<FirstAdmin | null> {
  if ((await db.user.count({ where: ADMINISTRATOR })) > 0) return null;
  const email = (env.ADMIN_EMAIL ?? DEFAULT_ADMIN_EMAIL).toLowerCase();
  const password = env.ADMIN_PASSWORD ?? makePassword();
  const passwordHash = await hashPassword(password);
  const data = { email, name: "Administrator", color: 4, ...ADMINISTRATOR, passwordHash };
  const { count } = await db.user.createMany({ data, skipDuplicates: true });
  if (count === 0) {
    log.warn(`Nobody may administer, and ${email} is an account already: see “People” in docs/operations.md`);
    return null;
  }
  log.info(`Created the first administrator, ${email}`);
  return { email, password: env.ADMIN_PASSWORD ? null : password };
}

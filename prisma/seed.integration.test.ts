import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import * as Y from "yjs";
// biome-ignore lint/style/noRestrictedImports: only the editor can say whether the seeded documents fit its schema
import { schema } from "#app/_editor/schema.ts";
import { documentRoom } from "#lib/room-types.ts";
import type { Database } from "#prisma/client.ts";
import { verifyPassword } from "#prisma/password.ts";
import { prepareDatabase } from "#prisma/prepare.ts";
import { createFirstAdmin, seedDemo } from "#prisma/seed.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";
import { createPrismaStorage } from "#worker/storage/prisma.ts";

const lines: string[] = [];
const log = { info: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) } as never;

describe.each(["postgres", "pglite"] as const)("seeding %s", (kind) => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  beforeEach(async () => {
    lines.length = 0;
    await database.pool.query("TRUNCATE users, documents, files, room_snapshots");
  });
  afterAll(() => database.close());

  test("the demo: four people who can log in, three documents that the editor understands", async () => {
    const { db } = database;
    await seedDemo(db, log);
    const users = await db.user.findMany({ orderBy: { email: "asc" } });
    expect(users.map(({ email, isStaff, isAdmin, isActive }) => [email, isStaff, isAdmin, isActive])).toEqual([
      ["admin@example.com", true, true, true],
      ["ana@example.com", true, false, true],
      ["ben@example.com", true, false, true],
      ["vera@example.com", false, false, true],
    ]);
    for (const user of users) expect(await verifyPassword(user.passwordHash, "yroom-demo")).toBe(true);
    const documents = await db.document.findMany({ orderBy: { editedAt: "desc" } });
    expect(documents.map((document) => document.title)).toEqual([
      "Welcome to next-yroom",
      "Weekly meeting notes",
      "Writing together: a handbook chapter",
    ]);
    for (const { id, title } of documents) {
      const stored = await createPrismaStorage(database).load(documentRoom(id));
      const doc = new Y.Doc();
      Y.applyUpdate(doc, stored?.snapshot ?? new Uint8Array());
      const node = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment("prosemirror"), schema);
      node.check();
      expect(node.textContent.length, title).toBeGreaterThan(1_000);
    }
  });

  test("a second time it changes nothing, not even what people changed", async () => {
    const { db } = database;
    await seedDemo(db, log);
    await db.user.update({ where: { email: "ana@example.com" }, data: { passwordHash: "x", isStaff: false } });
    await db.document.updateMany({ data: { title: "mine", trashedAt: new Date() } });
    await seedDemo(db, log);
    expect(await db.user.findUniqueOrThrow({ where: { email: "ana@example.com" } })).toMatchObject({
      passwordHash: "x",
      isStaff: false,
    });
    expect(await db.document.groupBy({ by: ["title"], _count: true })).toEqual([{ title: "mine", _count: 3 }]);
  });

  test("without the demo: one administrator with a password that works and is not logged", async () => {
    const { db } = database;
    const admin = await createFirstAdmin(db, {}, log);
    expect(admin?.password).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/);
    const [user, ...others] = await db.user.findMany();
    expect(others).toEqual([]);
    expect(user).toMatchObject({ email: admin?.email, isStaff: true, isAdmin: true });
    expect(await verifyPassword(user?.passwordHash ?? null, admin?.password ?? "")).toBe(true);
    expect(lines.join("\n")).not.toContain(admin?.password);
    expect(await createFirstAdmin(db, {}, log)).toBeNull();
  });

  test("the administrator may come from the environment, and is then not told back", async () => {
    const env = { ADMIN_EMAIL: "Root@Example.org", ADMIN_PASSWORD: "from the environment" };
    const { firstAdmin } = await prepareDatabase(database, env, log);
    expect(firstAdmin).toEqual({ email: "root@example.org", password: null });
    const user = await database.db.user.findUniqueOrThrow({ where: { email: "root@example.org" } });
    expect(await verifyPassword(user.passwordHash, "from the environment")).toBe(true);
  });

  test("a database that once held the demo warns as long as the public password opens it", async () => {
    await prepareDatabase(database, { SEED_DEMO: true }, log);
    expect(await prepareDatabase(database, {}, log)).toEqual({ applied: [], firstAdmin: null });
    expect(lines.at(-1)).toMatch(/can still log in: .*ana@example\.com/);
    expect(lines.at(-1)).not.toContain("vera");
    await database.db.user.updateMany({ data: { isActive: false } });
    lines.length = 0;
    await prepareDatabase(database, {}, log);
    expect(lines).toEqual([]);
  });
});

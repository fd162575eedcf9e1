import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import * as Y from "yjs";
// biome-ignore lint/style/noRestrictedImports: only the editor can say whether the seeded documents fit its schema
import { schema } from "#app/_editor/schema.ts";
import { documentRoom } from "#lib/room-types.ts";
import type { Database } from "#prisma/client.ts";
import { hashPassword, verifyPassword } from "#prisma/password.ts";
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

  const demo = { SEED_DEMO: true };
  const everybody = ["admin@example.com", "ana@example.com", "ben@example.com", "vera@example.com"];
  const active = async () => {
    const users = await database.db.user.findMany({ where: { isActive: true }, orderBy: { email: "asc" } });
    return users.map((user) => user.email);
  };

  test("a demo that is over closes the accounts with the public password, and has an administrator", async () => {
    await prepareDatabase(database, demo, log);
    lines.length = 0;
    const { firstAdmin } = await prepareDatabase(database, {}, log);
    expect(await active()).toEqual([firstAdmin?.email]);
    expect(firstAdmin?.password).toMatch(/^\w{4}-/);
    expect(lines[0]).toMatch(
      /^Closed demo accounts.*: admin@.*, ana@.*, ben@.*, vera@.*people password.*people activate/,
    );
    const closed = await database.db.user.findMany({ where: { isActive: false } });
    expect(closed.map((user) => user.sessionVersion)).toEqual([2, 2, 2, 2]);
    lines.length = 0;
    expect(await prepareDatabase(database, { SEED_DEMO: false }, log)).toEqual({ applied: [], firstAdmin: null });
    expect(lines).toEqual([]);
  });

  test("a demo account with a password of its own stays open, and an administrator among them is enough", async () => {
    await prepareDatabase(database, demo, log);
    const passwordHash = await hashPassword("a password of her own");
    await database.db.user.update({ where: { email: "admin@example.com" }, data: { passwordHash } });
    expect(await prepareDatabase(database, {}, log)).toEqual({ applied: [], firstAdmin: null });
    expect(await active()).toEqual(["admin@example.com"]);
  });

  test("a demo that begins again opens the accounts that it closed", async () => {
    await prepareDatabase(database, demo, log);
    await prepareDatabase(database, { ADMIN_EMAIL: "root@example.org", ADMIN_PASSWORD: "from the environment" }, log);
    lines.length = 0;
    await prepareDatabase(database, demo, log);
    expect(await active()).toEqual([...everybody, "root@example.org"].sort());
    expect(lines).toEqual([`Opened the demo accounts again: ${everybody.join(", ")}`]);
    lines.length = 0;
    await prepareDatabase(database, demo, log);
    expect(lines).toEqual([]);
  });

  test("but not who has another password or other rights since", async () => {
    await prepareDatabase(database, demo, log);
    await prepareDatabase(database, {}, log);
    const change = (email: string, data: object) => database.db.user.update({ where: { email }, data });
    await change("ana@example.com", { passwordHash: await hashPassword("a password of her own") });
    await change("ben@example.com", { isAdmin: true });
    await change("vera@example.com", { isStaff: true });
    await prepareDatabase(database, demo, log);
    expect(await active()).toEqual(["admin@example.com", "admin@yroom.local"]);
  });

  test("colleagues without an administrator get one; an account that is there is given no rights", async () => {
    await prepareDatabase(database, {}, log);
    await database.db.user.updateMany({ data: { isAdmin: false } });
    lines.length = 0;
    expect((await prepareDatabase(database, {}, log)).firstAdmin).toBeNull();
    expect(lines).toEqual([
      expect.stringMatching(/Nobody may administer, and admin@yroom\.local is an account already/),
    ]);
    const { firstAdmin } = await prepareDatabase(database, { ADMIN_EMAIL: "root@example.org" }, log);
    expect(firstAdmin?.email).toBe("root@example.org");
  });
});

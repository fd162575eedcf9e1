import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#prisma/client.ts";
import { markRolledBack, migrate } from "#prisma/migrate.ts";
import { withEngine } from "#prisma/schema-engine.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";

const log = { info: () => {} };
let folder: string;
let database: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "migrations-"));
  await cp(resolve("prisma/migrations"), folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

/** The names of the migrations in the folder, in their order. */
async function ours(): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

async function addMigration(name: string, script: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), script);
}
const tables = async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
  );
  return rows.map((row) => row.name);
};

describe.each(["postgres", "pglite"] as const)("migrations on %s", (kind) => {
  beforeAll(async () => {
    database = await openTestDatabase(kind, { migrated: false });
  });
  beforeEach(() => database.pool.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
  afterAll(() => database.close());

  test("an empty database gets every table, and a record that Prisma's command understands", async () => {
    const applied = await migrate(database, log, folder);
    expect(applied).toEqual(await ours());
    expect(applied[0]).toMatch(/^\d{14}_init$/);
    expect(await tables()).toEqual([
      "_prisma_migrations",
      "documents",
      "files",
      "partition_owners",
      "room_snapshots",
      "room_updates",
      "users",
    ]);
    const { rows } = await database.pool.query("SELECT * FROM _prisma_migrations ORDER BY migration_name");
    expect(rows).toMatchObject(
      applied.map((name) => ({ migration_name: name, applied_steps_count: 1, rolled_back_at: null, logs: null })),
    );
    expect(rows[0].checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(rows[0].finished_at).toBeInstanceOf(Date);
  });

  test("the migrations lead to exactly what schema.prisma says", async () => {
    await migrate(database, log);
    const path = resolve("prisma/schema.prisma");
    const files = [{ path, content: await readFile(path, "utf8") }];
    const { pool, schema } = database;
    const difference = await withEngine({ pool, schema, datamodel: [path, files[0]?.content ?? ""] }, (engine) =>
      engine.diff({
        from: { tag: "schemaDatasource", files, configDir: resolve("prisma") },
        to: { tag: "schemaDatamodel", files },
        script: true,
        exitCode: true,
        filters: { externalTables: [], externalEnums: [] },
      }),
    );
    expect(difference).toMatchObject({ exitCode: 0 });
  });

  test("a second time there is nothing to do; a new migration is applied alone", async () => {
    await migrate(database, log, folder);
    expect(await migrate(database, log, folder)).toEqual([]);
    await addMigration("29990101000000_more", "CREATE TABLE more (id int);\nINSERT INTO more VALUES (1);");
    expect(await migrate(database, log, folder)).toEqual(["29990101000000_more"]);
    expect(await tables()).toContain("more");
  });

  test("scripts may hold functions and semicolons in strings", async () => {
    const body = "CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;";
    await addMigration("29990101000000_more", `${body}\nCREATE TABLE more (t text DEFAULT ';');`);
    await migrate(database, log, folder);
    expect((await database.pool.query("SELECT two() AS two")).rows).toEqual([{ two: 2 }]);
  });

  test("a script that fails says why and leaves nothing behind, not even the ones before it", async () => {
    await addMigration("29990101000000_more", "CREATE TABLE more (id int);\nSELECT * FROM nowhere;");
    await expect(migrate(database, log, folder)).rejects.toMatchObject({
      code: "MIGRATION_FAILED",
      message: expect.stringMatching(/^Migration 29990101000000_more failed: .*nowhere/),
    });
    expect(await tables()).toEqual([]);
    await addMigration("29990101000000_more", "CREATE TABLE more (id int);");
    expect(await migrate(database, log, folder)).toEqual([...(await ours()).slice(0, -1), "29990101000000_more"]);
  });

  test("one that Prisma's command left as failed is named, and can be declared undone", async () => {
    await migrate(database, log, folder);
    await database.pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '29990101000000_more')`,
    );
    await addMigration("29990101000000_more", "CREATE TABLE more (id int);");
    await expect(migrate(database, log, folder)).rejects.toMatchObject({
      code: "MIGRATION_FAILED",
      message: expect.stringContaining("--rolled-back 29990101000000_more"),
    });
    await markRolledBack(database, "29990101000000_more");
    expect(await migrate(database, log, folder)).toEqual(["29990101000000_more"]);
  });
});

test("several processes that start at once apply each migration once", async () => {
  database = await openTestDatabase("postgres", { migrated: false });
  const { rows } = await database.pool.query<{ url: string }>("SELECT current_database() AS url");
  const url = new URL(process.env.TEST_DATABASE_URL ?? "");
  url.pathname = `/${rows[0]?.url}`;
  const others = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl: url.href, dataDir: "" })));
  const applied = await Promise.all([database, ...others].map((one) => migrate(one, log)));
  await Promise.all(others.map((one) => one.close()));
  expect(applied.flat().sort()).toEqual(await ours());
  expect((await database.pool.query("SELECT 1 FROM _prisma_migrations")).rowCount).toBe(applied.flat().length);
  await database.close();
});

test("?schema= keeps everything in that schema", async () => {
  database = await openTestDatabase("postgres", { migrated: false });
  await database.pool.query('CREATE SCHEMA "other Place"');
  const { rows } = await database.pool.query<{ name: string }>("SELECT current_database() AS name");
  const url = new URL(process.env.TEST_DATABASE_URL ?? "");
  url.pathname = `/${rows[0]?.name}`;
  url.searchParams.set("schema", "other Place");
  const other = await openDatabase({ databaseUrl: url.href, dataDir: "" });
  await migrate(other, log);
  await other.db.document.create({ data: { title: "here" } });
  await other.close();
  expect(await tables()).toEqual([]);
  expect((await database.pool.query('SELECT title FROM "other Place".documents')).rows).toEqual([{ title: "here" }]);
  await database.close();
});

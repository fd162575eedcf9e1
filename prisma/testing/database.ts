// A migrated database of its own for one test file, on either kind; closing it removes it.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "#prisma/client.ts";
import { migrate } from "#prisma/migrate.ts";

const silent = { info: () => {} };

/** Opens and migrates. `postgres` makes a database beside the one of TEST_DATABASE_URL, and fails without it. */
export async function openTestDatabase(kind: Database["kind"], options = { migrated: true }): Promise<Database> {
  const database = kind === "pglite" ? await openDatabase({ dataDir: ":memory:" }) : await createPostgres();
  if (options.migrated) await migrate(database, silent);
  return database;
}

async function createPostgres(): Promise<Database> {
  // biome-ignore lint/style/noProcessEnv: only tests use this file, and they get their services through it
  const given = process.env.TEST_DATABASE_URL;
  if (!given) throw new Error("TEST_DATABASE_URL is not set: run the tests with `npm test`, which starts Postgres.");
  const url = new URL(given);
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(given, `CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  const database = await openDatabase({ databaseUrl: url.href, dataDir: "" });
  let closing: Promise<void> | undefined;
  const close = async () => {
    await database.close();
    await administer(given, `DROP DATABASE ${name} WITH (FORCE)`);
  };
  return {
    ...database,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

import { createServer } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { type Database, db, openDatabase } from "#prisma/client.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";

const opened: Database[] = [];
const keep = async (opening: Promise<Database>) => {
  const database = await opening;
  opened.push(database);
  return database;
};
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

test("db() is the open client, and an error that says so before and after", async () => {
  expect(() => db()).toThrow(/not open/);
  const database = await openDatabase({ dataDir: ":memory:" });
  expect(db()).toBe(database.db);
  await database.close();
  expect(() => db()).toThrow(/not open/);
});

test("a second evaluation of the module reaches the same client", async () => {
  const database = await keep(openDatabase({ dataDir: ":memory:" }));
  vi.resetModules();
  const copy = await import("#prisma/client.ts");
  expect(copy.db).not.toBe(db);
  expect(copy.db()).toBe(database.db);
});

test.each(["postgres", "pglite"] as const)("dates, bytes and big numbers survive the way through %s", async (kind) => {
  const { db } = await keep(openTestDatabase(kind));
  const savedAt = new Date("2026-03-29T01:30:00.123Z");
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  await db.roomSnapshot.create({ data: { room: "a", state, upTo: 2n ** 62n, savedAt } });
  const row = await db.roomSnapshot.findUniqueOrThrow({ where: { room: "a" } });
  expect({ ...row, state: [...row.state] }).toEqual({ room: "a", state: [...state], upTo: 2n ** 62n, savedAt });
  const document = await db.document.create({ data: {} });
  expect(Math.abs(document.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
});

test("a connection that Postgres ends costs at most one query", async () => {
  const database = await keep(openTestDatabase("postgres"));
  await database.db.user.count();
  const running = database.db.$queryRaw`SELECT pg_sleep(30)::text`.then(
    () => "finished",
    () => "failed",
  );
  const other = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  await expect.poll(async () => (await database.pool.query(other)).rowCount).toBeGreaterThan(0);
  expect(await running).toBe("failed");
  await expect.poll(() => database.db.user.count().catch(() => "not yet")).toBe(0);
});

test("a server that accepts and says nothing gives an error within seconds", async () => {
  const mute = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => mute.once("listening", resolve));
  const { port } = mute.address() as { port: number };
  const database = await keep(openDatabase({ databaseUrl: `postgresql://u:p@127.0.0.1:${port}/x`, dataDir: "" }));
  const start = performance.now();
  await expect(database.db.user.count()).rejects.toThrow();
  expect(performance.now() - start).toBeLessThan(10_000);
  mute.close();
});

test("closing waits for what is running, and may be repeated", async () => {
  const database = await openTestDatabase("postgres");
  const running = database.db.$queryRaw<{ n: number }[]>`SELECT 1 AS n FROM pg_sleep(0.5)`.then((rows) => rows);
  const sleeping = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
  await expect.poll(async () => (await database.pool.query(sleeping)).rowCount, { interval: 10 }).toBe(1);
  await Promise.all([running, database.close(), database.close()]);
  expect(await running).toEqual([{ n: 1 }]);
});

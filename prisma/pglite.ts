// PGlite (Postgres compiled to WebAssembly) behind an ordinary pg.Pool, so that the rest of the code meets one driver.
// It is a single connection, and takes no lock on its folder: lib/data-dir.ts does that.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import pg from "pg";

/** What this file hands out: the pool speaks to `lite`, and `stop` ends both. */
export interface LitePool {
  pool: pg.Pool;
  stop(): Promise<void>;
}

/** Opens the database kept in `folder`, creating it if there is none; without a folder it lives in memory. */
export async function openLite(folder?: string): Promise<LitePool> {
  // Loaded on demand: a process that uses Postgres never pays for it.
  const { PGlite } = await import("@electric-sql/pglite");
  const open = () => PGlite.create(folder === undefined ? {} : { dataDir: folder });
  const lite = folder === undefined ? await open() : await creating(folder, open);
  await lite.exec("SET TimeZone = 'UTC'");
  const pool = await poolOver(lite);
  return {
    pool,
    async stop() {
      await pool.end();
      await lite.close();
    },
  };
}

/** The first start takes seconds; a folder in which one was cut short cannot be opened, and holds nothing yet. */
async function creating<T>(folder: string, open: () => Promise<T>): Promise<T> {
  const unfinished = `${folder}.unfinished`;
  if (existsSync(unfinished)) rmSync(folder, { recursive: true, force: true });
  if (!existsSync(folder)) writeFileSync(unfinished, "");
  const opened = await open();
  rmSync(unfinished, { force: true });
  return opened;
}

async function poolOver(lite: PGlite): Promise<pg.Pool> {
  const { createPgConfig } = await import("@electric-sql/pglite/node-postgres");
  const config = createPgConfig(lite);
  const { connection } = config;
  const parse = connection.parse.bind(connection);
  // The adapter passes an object of parsers where PGlite's serializer expects a list of type ids.
  connection.parse = (query: { types?: unknown }) =>
    parse(Array.isArray(query.types) ? query : { ...query, types: [] });
  // One connection that must never be closed for idleness: another could not be opened beside it.
  const pool = new pg.Pool({ ...config, max: 1, idleTimeoutMillis: 0 } as pg.PoolConfig);
  pool.on("error", () => {});
  return pool;
}

// Brings a database to the schema of prisma/migrations, and keeps `_prisma_migrations` as `prisma migrate deploy`
// would. All of it is one transaction: a process killed in the middle leaves the database as it was.
// That rules out statements that refuse to run in a transaction, such as CREATE INDEX CONCURRENTLY.
import { resolve } from "node:path";
import type pg from "pg";
import type { Log } from "#lib/log.ts";
import type { Database } from "#prisma/client.ts";
import { readMigrations } from "#prisma/migration-files.ts";
import { ScriptError, withEngine } from "#prisma/schema-engine.ts";

/** The lock that Prisma's own command takes, so that the two never run at once. */
const ADVISORY_LOCK = 72_707_369;

/** A migration whose script was refused (nothing of it stays), or one that an earlier attempt left half recorded. Check `code`. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  readonly code = "MIGRATION_FAILED";
}

/**
 * Applies what is missing and answers the names of what it applied. Safe to call from several processes at once.
 * `folder` defaults to prisma/migrations below the working directory. Rejects with a MigrationError, or with the
 * driver's error if the database cannot be reached.
 */
export async function migrate(
  database: Database,
  log: Pick<Log, "info">,
  folder = resolve("prisma/migrations"),
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const names = migrations.migrationDirectories.map((directory) => directory.path);
  const { pool, release } = database.connectAlone();
  try {
    if (await isCurrent(pool, names)) return [];
    return await exclusively(pool, async (held) => {
      // Somebody else may have done it while this process waited for the lock.
      if (await isCurrent(held, names)) return [];
      log.info("Applying database migrations");
      const { appliedMigrationNames } = await withEngine({ pool: held, schema: database.schema }, (engine) =>
        engine.applyMigrations({ migrationsList: migrations, filters: { externalTables: [], externalEnums: [] } }),
      );
      for (const name of appliedMigrationNames) log.info(`Applied migration ${name}`);
      return appliedMigrationNames;
    });
  } catch (error) {
    throw error instanceof ScriptError ? new MigrationError(`Migration ${error.message}`, { cause: error }) : error;
  } finally {
    await release();
  }
}

/** Records that a migration which Prisma's command left as failed was undone by hand, so that it is tried again. */
export async function markRolledBack(database: Database, migrationName: string): Promise<void> {
  const { pool, release } = database.connectAlone();
  try {
    await exclusively(pool, (held) =>
      withEngine({ pool: held, schema: database.schema }, (engine) =>
        engine.markMigrationRolledBack({ migrationName }),
      ),
    );
  } finally {
    await release();
  }
}

/** Whether every migration is recorded as finished. Spares a start the half second that the engine takes. */
async function isCurrent(pool: pg.Pool, names: string[]): Promise<boolean> {
  const table = await pool.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there");
  if (!table.rows[0]?.there) return false;
  const { rows } = await pool.query<{ name: string; finished: boolean }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const failed = rows.find((row) => !row.finished);
  if (failed) {
    throw new MigrationError(
      `Migration ${failed.name} failed before. Undo what it left behind, then run: ` +
        `npm run migrate -- --rolled-back ${failed.name}`,
    );
  }
  const applied = new Set(rows.map((row) => row.name));
  return names.every((name) => applied.has(name));
}

/**
 * Runs `work` in one transaction under the lock. It gets a pool that is a single connection: if that is lost, what is
 * left of the work fails, instead of going on with another one outside the transaction.
 */
async function exclusively<T>(pool: pg.Pool, work: (held: pg.Pool) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  client.on("error", (error) => {
    broken = error;
  });
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [ADVISORY_LOCK]);
    const result = await work(Object.assign(Object.create(pool), { query: client.query.bind(client) }));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    client.removeAllListeners("error");
    client.release(broken);
  }
}

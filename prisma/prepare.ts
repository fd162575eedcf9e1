// What has to happen to a database before anything serves from it: migrations, then its first content.
import type { Env } from "#lib/env.ts";
import type { Log } from "#lib/log.ts";
import type { Database } from "#prisma/client.ts";
import { migrate } from "#prisma/migrate.ts";
import { createFirstAdmin, type FirstAdmin, openDemoAccounts, seedDemo } from "#prisma/seed.ts";

export interface Prepared {
  /** Names of the migrations that were applied now. */
  applied: string[];
  /** Set if an administrator was created now; its password, if made up, must be shown to the person at once. */
  firstAdmin: FirstAdmin | null;
}

/** Safe to repeat, and fast when nothing is to be done. Never logs a password. */
export async function prepareDatabase(
  database: Database,
  env: Pick<Env, "SEED_DEMO" | "ADMIN_EMAIL" | "ADMIN_PASSWORD">,
  log: Pick<Log, "info" | "warn">,
): Promise<Prepared> {
  const applied = await migrate(database, log);
  if (env.SEED_DEMO) {
    await seedDemo(database.db, log);
    return { applied, firstAdmin: null };
  }
  const firstAdmin = await createFirstAdmin(database.db, env, log);
  const open = await openDemoAccounts(database.db);
  if (open.length > 0) log.warn(`Demo accounts with the public password can still log in: ${open.join(", ")}`);
  return { applied, firstAdmin };
}

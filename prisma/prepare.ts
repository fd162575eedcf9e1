// What has to happen to a database before anything serves from it: migrations, then its first content.
import type { Env } from "#lib/env.ts";
import type { Log } from "#lib/log.ts";
import type { Database } from "#prisma/client.ts";
import { migrate } from "#prisma/migrate.ts";
import { closeDemoAccounts, reopenDemoAccounts } from "#prisma/seed/demo-accounts.ts";
import { createFirstAdmin, type FirstAdmin, seedDemo } from "#prisma/seed.ts";

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
    const opened = await reopenDemoAccounts(database.db);
    if (opened.length > 0) log.info(`Opened the demo accounts again: ${opened.join(", ")}`);
    return { applied, firstAdmin: null };
  }
  // First, so that a demo administrator does not count as one.
  const closed = await closeDemoAccounts(database.db);
  if (closed.length > 0) {
    log.warn(
      `Closed demo accounts, whose password is published: ${closed.join(", ")}. ` +
        "To open one again: people password <email>, then people activate <email> (docs/operations.md)",
    );
  }
  return { applied, firstAdmin: await createFirstAdmin(database.db, env, log) };
}

// `npm run migrate`, and the one-shot service of docker compose: brings the database up to date, then ends.
// `npm run migrate -- --rolled-back <name>` lets a migration that failed, and was undone by hand, run again.
import { parseArgs } from "node:util";
import { openDataDir } from "#lib/data-dir.ts";
import { readEnv } from "#lib/env.ts";
import { createLog } from "#lib/log.ts";
import { openDatabase } from "#prisma/client.ts";
import { markRolledBack } from "#prisma/migrate.ts";
import { prepareDatabase } from "#prisma/prepare.ts";
import { reasonOf } from "#prisma/reason.ts";

const env = readEnv();
const log = createLog("migrate", env.LOG_LEVEL);
// As `npm start` has it: otherwise this would close the demo accounts that it opens again.
if (!env.DATABASE_URL) env.SEED_DEMO ??= true;

try {
  const { values } = parseArgs({ options: { "rolled-back": { type: "string" } } });
  const dataDir = env.DATABASE_URL ? null : openDataDir(env.DATA_DIR);
  const database = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR });
  try {
    if (values["rolled-back"]) await markRolledBack(database, values["rolled-back"]);
    const { applied, firstAdmin } = await prepareDatabase(database, env, log);
    log.info(applied.length > 0 ? "The database is up to date now" : "The database was up to date");
    if (firstAdmin?.password) {
      process.stdout.write(`First administrator ${firstAdmin.email}, password: ${firstAdmin.password}\n`);
    }
  } finally {
    await database.close();
    dataDir?.release();
  }
} catch (error) {
  process.stderr.write(`Cannot prepare the database: ${reasonOf(error)}\n`);
  process.exitCode = 1;
}

// `npm run people`: people and their rights, for whoever runs the server. Composes: environment, database, one command,
// what to print. It changes accounts only: no migration, no demo, no database where there is none.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openDataDir } from "#lib/data-dir.ts";
import { type Env, readEnv } from "#lib/env.ts";
import { openDatabase } from "#prisma/client.ts";
import { Refusal } from "#prisma/people/accounts.ts";
import { type Command, understand } from "#prisma/people/commands.ts";
import { HELP } from "#prisma/people/help.ts";
import { readPassword } from "#prisma/people/read-password.ts";
import { reasonOf } from "#prisma/reason.ts";

const args = process.argv.slice(2);
try {
  if (args.length === 0) {
    process.stderr.write(HELP);
    process.exitCode = 2;
  } else {
    const command = understand(args);
    process.stdout.write(typeof command === "string" ? command : `${await carryOut(command)}\n`);
  }
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = codeOf(error) === "USAGE" ? 2 : 1;
}

async function carryOut(command: Command): Promise<string> {
  // As `npm start` does: the settings in it say which database is the server's.
  if (existsSync(".env")) process.loadEnvFile(".env");
  const env = readEnv();
  const ask = (question: string) => void process.stderr.write(question);
  const password = command.readsPassword ? await readPassword(process.stdin, ask) : null;
  const { db, close } = await open(env);
  try {
    return await command.run({ db, isDemo: env.SEED_DEMO ?? !env.DATABASE_URL, password });
  } finally {
    await close();
  }
}

async function open({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir }: Env) {
  if (!databaseUrl && !existsSync(join(dataDir, "pglite"))) {
    throw new Refusal(`There is no database in ${dataDir}. Start the server once, or set DATABASE_URL or DATA_DIR.`);
  }
  const held = databaseUrl ? null : openDataDir(dataDir);
  try {
    const database = await openDatabase({ databaseUrl, dataDir });
    return { db: database.db, close: () => database.close().finally(() => held?.release()) };
  } catch (error) {
    held?.release();
    throw error;
  }
}

/** One line. */
function explain(error: unknown): string {
  const reason = reasonOf(error);
  switch (codeOf(error)) {
    case "USAGE":
      return `${reason} Try: people --help`;
    case "REFUSED":
      return reason;
    case "DATA_DIR_IN_USE":
      return `Stop the server first: its database takes one process at a time. ${reason}`;
    // Prisma's: a table, or a column, is not there.
    case "P2021":
    case "P2022":
      return "This database is not up to date: run “npm run migrate” first.";
    default:
      return `Cannot do it: ${reason}`;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

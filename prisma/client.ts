// Opens the database and shares one Prisma client per process: Postgres where DATABASE_URL says so, else PGlite in the
// data folder. Applying migrations is prisma/migrate.ts; pages and route handlers only call `db()`.
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "#prisma/generated/client.ts";

export type { PrismaClient };

export interface Database {
  db: PrismaClient;
  kind: "postgres" | "pglite";
  /** The driver below `db`. Migrations take a connection of their own through `connectAlone`. */
  pool: pg.Pool;
  /** Schema that unqualified names mean. */
  schema: string;
  /** A pool of one connection without time limits, for what may take long. End it with `release`. */
  connectAlone(): { pool: pg.Pool; release(): Promise<void> };
  close(): Promise<void>;
}

/** ms; a database that is away must give an error, not a page that never comes. */
const CONNECT_TIMEOUT = 5_000;
const STATEMENT_TIMEOUT = 15_000;

const holder = globalThis as typeof globalThis & { __yroomDatabase?: Database };

/**
 * Opens the database and registers it for `db()`. `databaseUrl` is a Postgres address, in which `?schema=` is honoured;
 * without one the database is PGlite in `<dataDir>/pglite`, or in memory if `dataDir` is ":memory:".
 * Postgres is not contacted before the first query.
 */
export async function openDatabase(options: { databaseUrl?: string | undefined; dataDir: string }): Promise<Database> {
  const database = options.databaseUrl ? openPostgres(options.databaseUrl) : await openEmbedded(options.dataDir);
  holder.__yroomDatabase = database;
  return database;
}

/** The client of this process. Throws if `openDatabase` was not called, as while pages are built. */
export function db(): PrismaClient {
  return opened().db;
}

/** The driver below it, for the few questions that are asked so often that the way through Prisma shows. */
export function pool(): pg.Pool {
  return opened().pool;
}

function opened(): Database {
  if (!holder.__yroomDatabase) throw new Error("The database is not open: pages run only inside the server.");
  return holder.__yroomDatabase;
}

function openPostgres(databaseUrl: string): Database {
  const schema = new URL(databaseUrl).searchParams.get("schema") ?? "public";
  const base: pg.PoolConfig = {
    connectionString: databaseUrl,
    application_name: "next-yroom",
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    options: startupOptions(schema),
  };
  const createPool = (config: pg.PoolConfig) => {
    const pool = new pg.Pool({ ...base, ...config });
    // Without a listener, the end of an idle connection ends the process. The next query reports the outage.
    pool.on("error", () => {});
    return pool;
  };
  const pool = createPool({
    max: 10,
    idleTimeoutMillis: 60_000,
    statement_timeout: STATEMENT_TIMEOUT,
    query_timeout: STATEMENT_TIMEOUT + CONNECT_TIMEOUT,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT,
  });
  return compose(
    "postgres",
    pool,
    schema,
    () => pool.end(),
    () => {
      const alone = createPool({ max: 1, idleTimeoutMillis: 0 });
      return { pool: alone, release: () => alone.end() };
    },
  );
}

/** Dates travel without a zone, so that both sides must mean the same one; unqualified names mean `schema`. */
function startupOptions(schema: string): string {
  const zone = "-c TimeZone=UTC";
  if (schema === "public") return zone;
  const quoted = `"${schema.replaceAll('"', '""')}"`;
  return `${zone} -c search_path=${quoted.replaceAll(/[\\\s]/g, "\\$&")}`;
}

async function openEmbedded(dataDir: string): Promise<Database> {
  const { openLite } = await import("#prisma/pglite.ts");
  const { pool, stop } = await openLite(dataDir === ":memory:" ? undefined : join(dataDir, "pglite"));
  return compose("pglite", pool, "public", stop, () => ({ pool, release: async () => {} }));
}

function compose(
  kind: Database["kind"],
  pool: pg.Pool,
  schema: string,
  stop: () => Promise<void>,
  connectAlone: Database["connectAlone"],
): Database {
  const client = new PrismaClient({
    adapter: new PrismaPg(pool, { schema }),
    transactionOptions: { maxWait: CONNECT_TIMEOUT, timeout: STATEMENT_TIMEOUT },
  });
  let closing: Promise<void> | undefined;
  const database: Database = {
    db: client,
    kind,
    pool,
    schema,
    connectAlone,
    close() {
      if (holder.__yroomDatabase === database) delete holder.__yroomDatabase;
      closing ??= client.$disconnect().then(stop);
      return closing;
    },
  };
  return database;
}

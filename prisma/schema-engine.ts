// Prisma's own schema engine, compiled to WebAssembly and run over our driver: the same migrations table as
// `prisma migrate deploy` keeps, with nothing to download. What to do with it is prisma/migrate.ts.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import type pg from "pg";

type EngineModule = typeof import("@prisma/schema-engine-wasm");
type Bindings = EngineModule & { __wbg_set_wasm(exports: WebAssembly.Exports): void };

let loading: Promise<EngineModule> | undefined;

/** The engine may be instantiated only once per process: its glue code keeps the instance in a module variable. */
function loadEngine(): Promise<EngineModule> {
  loading ??= (async () => {
    const path = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const bindings = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as Bindings;
    const bytes = await readFile(join(dirname(path), "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": bindings as never });
    bindings.__wbg_set_wasm(instance.exports);
    (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
    return bindings;
  })();
  return loading;
}

/** A migration's script that the database refused. */
export class ScriptError extends Error {
  constructor(reason: unknown, engineError: unknown) {
    const name = /migration_name="([^"]+)"/.exec(String(engineError))?.[1] ?? "A script";
    super(`${name} failed: ${reason instanceof Error ? reason.message : String(reason)}`, { cause: reason });
    this.name = "ScriptError";
  }
}

/** Runs `use` with an engine over `pool`. `datamodel` (path and text of schema.prisma) is for comparing with it. */
export async function withEngine<T>(
  options: { pool: pg.Pool; schema: string; datamodel?: [path: string, text: string] },
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadEngine();
  const scriptErrors: unknown[] = [];
  const factory = bindMigrationAwareSqlAdapterFactory(createFactory(options.pool, options.schema, scriptErrors));
  const datamodels = options.datamodel ? [options.datamodel] : undefined;
  let engine: SchemaEngine | undefined;
  try {
    engine = await SchemaEngine.new({ datamodels }, () => {}, factory);
    return await use(engine);
  } catch (error) {
    // The engine goes on asking in a transaction that is lost, and then reports that; the first error is the reason.
    if (scriptErrors.length > 0) throw new ScriptError(scriptErrors[0], error);
    throw error;
  } finally {
    engine?.free();
  }
}

function createFactory(pool: pg.Pool, schema: string, scriptErrors: unknown[]): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(pool, schema, scriptErrors),
    // prisma/new-migration.ts applies the history to an empty database of its own and compares that.
    connectToShadowDb: () => Promise.reject(new Error("There is no shadow database.")),
  };
}

const CHAR = 18;
const TEXT = 25;

/**
 * The client's adapter, made fit for the engine: it would refuse the catalog's type "char", and it would split scripts
 * at every semicolon, also inside a function or a string. Sent whole, a script is atomic besides.
 */
async function connect(pool: pg.Pool, schema: string, scriptErrors: unknown[]): Promise<SqlDriverAdapter> {
  const charColumns = new WeakMap<object, number[]>();
  const query = async (config: pg.QueryConfig) => {
    const result = await pool.query(config);
    const found = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR ? [index] : []));
    for (const index of found) Object.assign(result.fields[index] ?? {}, { dataTypeID: TEXT });
    charColumns.set(result.rows, found);
    return result;
  };
  const derived: pg.Pool = Object.assign(Object.create(pool), { query });
  const adapter = await new PrismaPg(derived, { schema }).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    async queryRaw(sql: SqlQuery): Promise<SqlResultSet> {
      const result = await queryRaw(sql);
      for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    },
    async executeScript(script: string): Promise<void> {
      try {
        await pool.query(script);
      } catch (error) {
        scriptErrors.push(error);
        throw error;
      }
    },
  });
}

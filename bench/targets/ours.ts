// This project in its durable configuration: web servers, workers, Redis with an append-only file, Postgres with fsync.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { type Child, freePort, startChild, until } from "./child.ts";
import { logIn } from "./login.ts";
import { type Postgres, type Redis, startPostgres, startRedis } from "./services.ts";
import type { RunningTarget, StartOptions, Target, Written } from "./target.ts";

export const ours: Target = {
  name: "ours",
  label: "next-yroom",
  crashes: ["worker", "server", "server+worker", "redis", "server+worker+redis"],
  unloads: true,
  start,
};

const MIGRATION_LIMIT = 60_000;

async function start(options: StartOptions): Promise<RunningTarget> {
  const { folder, tree, servers = 1, workers = 1, removeRoomDelay, stored = false, nodeArguments = [] } = options;
  const postgres = await startPostgres(join(folder, "postgres"));
  let redis = await startRedis(join(folder, "redis"));
  const ports = await Promise.all(Array.from({ length: servers }, freePort));
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const settings = removeRoomDelay === undefined ? {} : { prosemirror: { removeRoomDelay } };
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
    SEED_DEMO: "true",
    LOG_LEVEL: "warn",
    YROOM_SETTINGS: JSON.stringify(settings),
  };
  const run = (name: string, port = 0) =>
    startChild(process.execPath, [...nodeArguments, `dist/${name}.js`], {
      cwd: tree,
      env: { ...env, PORT: String(port), NEXTAUTH_URL: `http://127.0.0.1:${port}` },
    });

  const migrate = run("migrate");
  const deadline = Date.now() + MIGRATION_LIMIT;
  while (!migrate.hasEnded() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  const workerChildren: Child[] = Array.from({ length: workers }, () => run("worker"));
  const serverChildren: Child[] = ports.map((port) => run("server", port));
  const ready = async (index: number) => {
    const check = async () => {
      const response = await fetch(`${urls[index]}/api/ready`).catch(() => null);
      return response?.ok ?? false;
    };
    await until(check, serverChildren[index] as Child, "server");
  };
  const end = () => endAll([...serverChildren, ...workerChildren], redis, postgres);
  try {
    for (const index of ports.keys()) await ready(index);
  } catch (error) {
    const output = workerChildren.map((child) => child.output()).join("\n");
    await end();
    throw new Error(`${error}\nmigrate:\n${migrate.output()}\nworker:\n${output}`);
  }
  const cookie = await logIn(urls[0] as string, "ana@example.com", "yroom-demo");
  const database = new pg.Pool({ connectionString: postgres.url, max: 1 });
  if (stored) await countWrites(database);
  const wal = await walPosition(database);

  return {
    parts: () => ({
      server: serverChildren.map(({ pid }) => pid),
      worker: workerChildren.map(({ pid }) => pid),
      redis: [redis.child.pid],
      postgres: [postgres.child.pid],
    }),
    makeRooms: async (count) => {
      const rooms = Array.from({ length: count }, () => `bench-${randomBytes(8).toString("hex")}`);
      await database.query("INSERT INTO documents (id, title) SELECT unnest($1::text[]), 'Bench'", [rooms]);
      return rooms;
    },
    seat: (room, index, extended = false) => {
      const url = (urls[index % urls.length] as string).replace("http", "ws");
      const address = `${url}/ws/prosemirror/${room}${extended ? "?yroom=1" : ""}`;
      return { url: address, headers: { cookie }, dialect: "y-websocket", room };
    },
    kill: async (what) => {
      const parts = what.split("+");
      const victims = [
        ...(parts.includes("server") ? serverChildren : []),
        ...(parts.includes("worker") ? workerChildren : []),
        ...(parts.includes("redis") ? [redis.child] : []),
      ];
      await Promise.all(victims.map((child) => child.end("SIGKILL")));
    },
    restart: async () => {
      if (redis.child.hasEnded()) redis = await startRedis(join(folder, "redis"), redis.port);
      for (const [index, child] of workerChildren.entries())
        if (child.hasEnded()) workerChildren[index] = run("worker");
      for (const [index, child] of serverChildren.entries()) {
        if (child.hasEnded()) serverChildren[index] = run("server", ports[index]);
      }
      for (const index of ports.keys()) await ready(index);
    },
    ...(stored ? { written: () => written(database, wal) } : {}),
    stop: async () => {
      await database.end();
      await end();
    },
  };
}

async function endAll(children: Child[], redis: Redis, postgres: Postgres): Promise<void> {
  await Promise.all(children.map((child) => child.end()));
  await redis.child.end();
  // SIGINT is PostgreSQL's fast shutdown.
  await postgres.child.end("SIGINT");
}

async function walPosition(database: pg.Pool): Promise<bigint> {
  const { rows } = await database.query<{ at: string }>("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS at");
  return BigInt(rows[0]?.at ?? 0);
}

/** Lets the database note the size of every row that is written; the notes themselves are not logged. */
async function countWrites(database: pg.Pool): Promise<void> {
  await database.query(`
    CREATE UNLOGGED TABLE bench_written (what text, bytes int);
    CREATE FUNCTION bench_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF TG_TABLE_NAME = 'room_updates' THEN INSERT INTO bench_written VALUES ('log', octet_length(NEW.payload));
      ELSE INSERT INTO bench_written VALUES ('snapshots', octet_length(NEW.state)); END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER bench_note AFTER INSERT ON room_updates FOR EACH ROW EXECUTE FUNCTION bench_note();
    CREATE TRIGGER bench_note AFTER INSERT OR UPDATE ON room_snapshots FOR EACH ROW EXECUTE FUNCTION bench_note();`);
}

async function written(database: pg.Pool, since: bigint): Promise<Written> {
  const { rows } = await database.query<{ what: string; bytes: string }>(
    "SELECT what, SUM(bytes) AS bytes FROM bench_written GROUP BY what",
  );
  const of = (what: string) => Number(rows.find((row) => row.what === what)?.bytes ?? 0);
  return { log: of("log"), snapshots: of("snapshots"), disk: Number((await walPosition(database)) - since) };
}

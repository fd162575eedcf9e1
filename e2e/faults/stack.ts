// Redis and Postgres as given, with a database of its own, and a server and a worker as processes of their own.
import { randomBytes } from "node:crypto";
import pg from "pg";
import * as Y from "yjs";
import { freePort, type Running, startProcess, untilReady } from "../processes.ts";

export interface Stack {
  url: string;
  server: Running;
  worker: Running;
  /** Starts whichever of the two has ended, and waits until the server is ready. */
  restart(): Promise<void>;
  /** A document as the database has it, whoever runs. */
  stored(documentId: string): Promise<Y.Doc>;
  /** Ends everything and drops the database. */
  stop(): Promise<void>;
}

/** The snapshot of a room, if there is one, and every commit. */
export const STORED = `
SELECT state AS bytes FROM room_snapshots WHERE room = $1
UNION ALL SELECT payload FROM room_updates WHERE room = $1`;

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this with \`npm test\` or scripts/with-services.mjs.`);
  return value;
}

/** A migrated, seeded and running stack; `more` is added to the environment of its processes. */
export async function startStack(more: Record<string, string> = {}): Promise<Stack> {
  const admin = new pg.Client({ connectionString: required("TEST_DATABASE_URL") });
  const redisUrl = `${required("TEST_REDIS_URL")}/9`;
  await admin.connect();
  const name = `yroom_faults_${randomBytes(4).toString("hex")}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const databaseUrl = new URL(required("TEST_DATABASE_URL"));
  databaseUrl.pathname = `/${name}`;
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = {
    PORT: String(port),
    DATABASE_URL: databaseUrl.href,
    REDIS_URL: redisUrl,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
    SEED_DEMO: "true",
    LOG_LEVEL: "info",
    ...more,
  };
  const migrate = startProcess("migrate", env);
  if ((await migrate.ended) !== 0) throw new Error(`migrate failed:\n${migrate.output()}`);

  const startServer = () => startProcess("server", env);
  const startWorker = () => startProcess("worker", env, ["--channel", "yroom"]);
  const stack: Stack = {
    url,
    server: startServer(),
    worker: startWorker(),
    restart: async () => {
      if (stack.worker.hasEnded()) stack.worker = startWorker();
      if (stack.server.hasEnded()) stack.server = startServer();
      await untilReady(url, stack.server);
    },
    stored: async (documentId) => {
      const client = new pg.Client({ connectionString: databaseUrl.href });
      await client.connect();
      const { rows } = await client.query<{ bytes: Buffer }>(STORED, [`prosemirror.${documentId}`]);
      await client.end();
      const doc = new Y.Doc();
      for (const { bytes } of rows) Y.applyUpdate(doc, bytes);
      return doc;
    },
    stop: async () => {
      await Promise.all([stack.server.stop(), stack.worker.stop()]);
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
  try {
    await stack.restart();
  } catch (error) {
    const output = stack.worker.output();
    await stack.stop();
    throw new Error(`${error}\nworker:\n${output}`);
  }
  return stack;
}

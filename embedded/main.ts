// Everything in one process, for `npm start` and `npm run dev`: database, channel layer, worker and web server. The
// only place that knows both server and worker. DATABASE_URL and REDIS_URL replace the embedded parts one by one.
import "#lib/v8-flags.ts";
import { randomUUID } from "node:crypto";
import { createChannelLayer } from "#lib/channel-layer/index.ts";
import { openDataDir, readOrCreateSecret } from "#lib/data-dir.ts";
import { Dumps } from "#lib/dump.ts";
import { type Env, readEnv } from "#lib/env.ts";
import { createLog } from "#lib/log.ts";
import { startMetrics } from "#lib/metrics.ts";
import { listenForMetrics } from "#lib/metrics-http.ts";
import { channels, setRoomTypes } from "#lib/room-types.ts";
import { onShutdown } from "#lib/shutdown.ts";
import { openDatabase } from "#prisma/client.ts";
import { prepareDatabase } from "#prisma/prepare.ts";
import { startWeb } from "#server/web.ts";
import { createStorages } from "#worker/storage/index.ts";
import { Worker } from "#worker/worker.ts";
import { explain, greet } from "./greeting.ts";

const startedAt = performance.now();
const given = readEnv();
setRoomTypes(given.YROOM_SETTINGS);
const log = createLog("yroom", given.LOG_LEVEL);

try {
  const isEmbedded = !given.DATABASE_URL;
  // Without Redis nobody else may serve these rooms, so the lock is taken even if the database is elsewhere.
  const dataDir = isEmbedded || !given.REDIS_URL ? openDataDir(given.DATA_DIR) : null;
  const env: Env = { ...given };
  if (isEmbedded) env.NEXTAUTH_SECRET ??= readOrCreateSecret(given.DATA_DIR);
  if (isEmbedded) env.SEED_DEMO ??= true;
  if (!env.NEXTAUTH_SECRET) throw new Error("NEXTAUTH_SECRET is required with DATABASE_URL (openssl rand -base64 32).");

  if (dataDir?.fresh && isEmbedded) log.info("first start: creating the database, this takes some seconds");
  const database = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR });
  const prepared = await prepareDatabase(database, env, log);
  const layer = createChannelLayer({ redisUrl: env.REDIS_URL, log });
  const storages = createStorages(database);
  const workers = channels().map(
    (channel) => new Worker({ id: `${channel}-${randomUUID().slice(0, 8)}`, channel, layer, storages, log }),
  );
  const dumps = new Dumps("embedded", env.DATA_DIR, log);
  dumps.include("workers", () => workers.map((worker) => worker.describe()));
  startMetrics(["server", "worker"]);
  const metrics = await listenForMetrics(env, log);
  const web = await startWeb({ env, log, layer, database, dumps, dir: process.cwd() });

  onShutdown(log, async () => {
    metrics.close();
    await web.stop();
    await layer.drain();
    await Promise.all(workers.map((worker) => worker.stop()));
    await layer.close();
    await database.close();
    dataDir?.release();
  });
  await Promise.all(workers.map((worker) => worker.start()));
  greet({
    env,
    port: web.port,
    database: database.kind,
    layer: layer.name,
    prepared,
    ms: performance.now() - startedAt,
  });
} catch (error) {
  process.stderr.write(`${explain(error, given)}\n`);
  process.exit(1);
}

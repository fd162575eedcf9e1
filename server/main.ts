// The web server process: composes environment, database, channel layer, Next and WebSockets. Rooms live in worker
// processes (worker/main.ts); to run everything in one process, `npm start`.
import "#lib/v8-flags.ts";
import { createChannelLayer } from "#lib/channel-layer/index.ts";
import { Dumps } from "#lib/dump.ts";
import { readEnv } from "#lib/env.ts";
import { createLog } from "#lib/log.ts";
import { startMetrics } from "#lib/metrics.ts";
import { listenForMetrics } from "#lib/metrics-http.ts";
import { setRoomTypes } from "#lib/room-types.ts";
import { onShutdown } from "#lib/shutdown.ts";
import { openDatabase } from "#prisma/client.ts";
import { startWeb } from "./web.ts";

const env = readEnv();
setRoomTypes(env.YROOM_SETTINGS);
const log = createLog("server", env.LOG_LEVEL);
const { REDIS_URL: redisUrl, DATABASE_URL: databaseUrl, NEXTAUTH_SECRET: secret } = env;
if (!redisUrl || !databaseUrl || !secret) {
  process.stderr.write(
    "A server of its own needs DATABASE_URL, REDIS_URL and NEXTAUTH_SECRET. One process: npm start\n",
  );
  process.exit(1);
}

const database = await openDatabase({ databaseUrl, dataDir: env.DATA_DIR });
const layer = createChannelLayer({ redisUrl, log });
const dumps = new Dumps("server", env.DATA_DIR, log);
startMetrics(["server"]);
const metrics = await listenForMetrics(env, log);
const web = await startWeb({ env, log, layer, database, dumps, dir: process.cwd() });
onShutdown(log, async () => {
  metrics.close();
  await web.stop();
  await layer.close();
  await database.close();
});
log.info({ port: web.port, host: env.HOST }, "server started");

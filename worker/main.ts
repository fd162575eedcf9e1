// The worker process: composes environment, database, channel layer and one Worker per channel, and stops them in order.
// `npm run start:worker` serves every channel that some room type uses, with `-- --channel NAME`, as often as needed,
// those only; without REDIS_URL there is nothing to work for (use `npm start`).
import "#lib/v8-flags.ts";
import { randomUUID } from "node:crypto";
import { utimesSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createChannelLayer } from "#lib/channel-layer/index.ts";
import { Dumps } from "#lib/dump.ts";
import { readEnv } from "#lib/env.ts";
import { startGiveBack } from "#lib/give-back.ts";
import { createLog } from "#lib/log.ts";
import { startMetrics } from "#lib/metrics.ts";
import { listenForMetrics } from "#lib/metrics-http.ts";
import { channels, setRoomTypes } from "#lib/room-types.ts";
import { onShutdown } from "#lib/shutdown.ts";
import { openStorages } from "./storage/open.ts";
import { Worker } from "./worker.ts";

const { values } = parseArgs({
  options: { channel: { type: "string", multiple: true }, "health-file": { type: "string" } },
});
const env = readEnv();
setRoomTypes(env.YROOM_SETTINGS);
const log = createLog("worker", env.LOG_LEVEL);

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
if (!env.REDIS_URL || !env.DATABASE_URL) {
  refuse("A worker of its own needs REDIS_URL and DATABASE_URL. To run everything in one process: npm start");
}
const wanted = [...new Set(values.channel ?? channels())];
for (const channel of wanted.filter((name) => !channels().includes(name))) {
  const known = channels().join(", ");
  refuse(`No room type uses the channel "${channel}". Channels: ${known} (lib/room-types.ts, YROOM_SETTINGS)`);
}

const { storages, close } = await openStorages(env.DATABASE_URL);
const layer = createChannelLayer({ redisUrl: env.REDIS_URL, log });
const healthFile = values["health-file"];
const dumps = new Dumps("worker", env.DATA_DIR, log);
startMetrics(["worker"]);
const metrics = await listenForMetrics(env, log);
/** Channels that were not heard of since the health file was touched. */
const silent = new Set(wanted);
const workers = wanted.map((channel) => {
  const onBeat = () => {
    silent.delete(channel);
    if (silent.size > 0) return;
    for (const name of wanted) silent.add(name);
    if (healthFile) touch(healthFile);
  };
  const id = `${channel}-${randomUUID().slice(0, 8)}`;
  return new Worker({ id, channel, layer, storages, log, dump: () => dumps.write(), onBeat });
});

dumps.include("workers", () => workers.map((worker) => worker.describe()));

const stopGiveBack = startGiveBack(() => workers.reduce((rooms, worker) => rooms + worker.report().rooms, 0));
onShutdown(log, async () => {
  stopGiveBack();
  metrics.close();
  await Promise.all(workers.map((worker) => worker.stop()));
  await layer.close();
  await close();
});
await Promise.all(workers.map((worker) => worker.start()));

/** The health check looks at the file's age. */
function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    writeFileSync(path, "");
  }
}

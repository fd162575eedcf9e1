// The part of the server that both entries share: HTTP, Next, WebSockets, health. server/main.ts runs it alone,
// embedded/main.ts beside a worker.
import { randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChannelLayer } from "#lib/channel-layer/channel-layer.ts";
import type { Dumps } from "#lib/dump.ts";
import type { Env } from "#lib/env.ts";
import { startGiveBack } from "#lib/give-back.ts";
import type { Log } from "#lib/log.ts";
import { startReports } from "#lib/process-report.ts";
import { Requests } from "#lib/requests.ts";
import { setRuntime } from "#lib/runtime.ts";
import type { Database } from "#prisma/client.ts";
import { startAccessWatch } from "./access-watch.ts";
import { Administration } from "./administration.ts";
import { stampAddress } from "./auth/client-address.ts";
import { hasSecureCookies } from "./auth/session.ts";
import { Consumers } from "./consumers.ts";
import { gates } from "./gates/index.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { createMetricsRoute } from "./metrics-route.ts";
import { createNextApp } from "./next-app.ts";
import { checkReady } from "./ready.ts";
import { createSecurityHeaders } from "./security-headers.ts";
import { watchServer } from "./server-metrics.ts";
import { attachWebSockets } from "./web-sockets.ts";

export interface WebOptions {
  env: Env;
  log: Log;
  layer: ChannelLayer;
  database: Database;
  dumps: Dumps;
  /** The project's root, where `.next` is. */
  dir: string;
}

export interface Web {
  /** The port it listens on; not PORT if that was 0. */
  port: number;
  /** Ends every connection; what clients sent so far has reached the channel layer. */
  stop(): Promise<void>;
}

/** Resolves when it serves. Rejects with code EADDRINUSE if the port is taken. */
export async function startWeb({ env, log, layer, database, dumps, dir }: WebOptions): Promise<Web> {
  const id = `web-${randomUUID().slice(0, 8)}`;
  const consumers: Consumers = new Consumers(
    log,
    () => requests,
    (report) => administration.hear(report),
  );
  const requests = new Requests((message, channel) => consumers.send(channel, message));
  const administration = new Administration({
    server: id,
    requests,
    silent: (channel) => consumers.owners.silent(channel),
    dump: () => dumps.write(),
  });
  setRuntime({ env, log, layer, requests, administration, ready: () => checkReady(database, layer, consumers) });
  const metrics = createMetricsRoute(env, log);

  const starting: RequestListener = (_, response) => response.writeHead(503, { "retry-after": "1" }).end("Starting.");
  let handle = starting;
  const secure = createSecurityHeaders({
    isDevelopment: env.NODE_ENV === "development",
    isHttps: hasSecureCookies(env.NEXTAUTH_URL),
  });
  const server = createServer((request, response) => {
    stampAddress(request);
    secure(request, response);
    // Next would fail on it, with a 500 that says nothing.
    if (isDecodable(request.url)) metrics(request, response) || handle(request, response);
    else response.writeHead(400, { "content-type": "text/plain" }).end("The address is not valid.");
  });
  const port = await listen(server, env);
  const app = await createNextApp(env, dir, port);
  // Until the sockets are attached an upgrade arrives as a request: Next would render its "not found" for each.
  handle = (request, response) => (request.headers.upgrade ? starting : app.handle)(request, response);
  await consumers.start(id, layer);
  const onOther = env.NODE_ENV === "development" ? app.upgrade : undefined;
  const sockets = attachWebSockets({
    server,
    gates,
    allowedOrigins: env.ALLOWED_ORIGINS,
    consumers,
    log,
    ...(onOther ? { onOther } : {}),
  });
  handle = app.handle;
  dumps.include("server", () => consumers.describe());
  const stops = [
    startHeartbeat(sockets),
    startAccessWatch(consumers, log),
    startGiveBack(() => consumers.size),
    watchServer(consumers, requests, layer),
    startReports(() => consumers.report(), layer),
  ];

  return {
    port,
    stop: async () => {
      for (const stop of stops) stop();
      server.close();
      await consumers.stop();
      requests.close();
      server.closeAllConnections();
      await app.close();
    },
  };
}

function isDecodable(url = "/"): boolean {
  try {
    decodeURI(url);
    return true;
  } catch {
    return false;
  }
}

function listen(server: Server, env: Env): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.PORT, env.HOST, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

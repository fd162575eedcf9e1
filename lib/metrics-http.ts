// GET /metrics, on the server's own port and on METRICS_PORT. Figures tell how an organisation works, so they are not
// public: a bearer token, or on the server's port the session of an admin. What is measured is metrics.ts' business.
import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Env } from "#lib/env.ts";
import type { Log } from "#lib/log.ts";
import { renderMetrics } from "#lib/metrics.ts";

export const METRICS_PATH = "/metrics";

/** What the request may do by its session: read the metrics, nothing, or there is no session. */
export type MetricsSession = "admin" | "other" | "none";

export interface MetricsGate {
  token: string | undefined;
  session(request: IncomingMessage): Promise<MetricsSession>;
  log: Log;
}

/** Answers a request for METRICS_PATH: the metrics, 401, 403 or 405. Never rejects. */
export async function answerMetrics(request: IncomingMessage, response: ServerResponse, gate: MetricsGate) {
  const refuse = (status: number, text: string, headers: Record<string, string> = {}) =>
    response.writeHead(status, { "content-type": "text/plain", "cache-control": "no-store", ...headers }).end(text);
  try {
    if (request.method !== "GET" && request.method !== "HEAD") {
      refuse(405, "Only GET.\n", { allow: "GET, HEAD" });
      return;
    }
    if (!hasToken(request.headers.authorization, gate.token)) {
      const session = await gate.session(request);
      if (session === "other") {
        refuse(403, "Only an admin may read the metrics.\n");
        return;
      }
      if (session === "none") {
        refuse(401, "Send the METRICS_TOKEN, or sign in as an admin.\n", { "www-authenticate": "Bearer" });
        return;
      }
    }
    const { text, contentType } = await renderMetrics();
    response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" });
    response.end(request.method === "HEAD" ? undefined : text);
  } catch (error) {
    gate.log.error({ err: error }, "the metrics could not be read");
    if (response.headersSent) response.end();
    else refuse(500, "The metrics could not be read.\n");
  }
}

/** A listener for the metrics alone, where METRICS_PORT asks for one. Rejects if the port is taken. */
export async function listenForMetrics(env: Env, log: Log): Promise<{ port: number | null; close(): void }> {
  const { METRICS_PORT: port, METRICS_HOST: host, METRICS_TOKEN: token } = env;
  if (port === undefined) return { port: null, close: () => {} };
  const gate: MetricsGate = { token, session: async () => "none", log };
  const server = createServer((request, response) => {
    if (request.url?.split("?")[0] === METRICS_PATH) void answerMetrics(request, response, gate);
    else response.writeHead(404, { "content-type": "text/plain" }).end(`Only ${METRICS_PATH}.\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  const bound = (server.address() as AddressInfo).port;
  log.info({ port: bound, host }, "metrics");
  return {
    port: bound,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Compares digests, so that the time it takes says nothing about the token. */
function hasToken(authorization: string | undefined, token: string | undefined): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (!given || !token) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

// GET /metrics on the server's own port: for the token, and for an admin's browser. What is behind it is lib/metrics.ts.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Env } from "#lib/env.ts";
import type { Log } from "#lib/log.ts";
import { answerMetrics, METRICS_PATH, type MetricsSession } from "#lib/metrics-http.ts";
import { mayAdminister } from "./auth/access.ts";
import { readSession } from "./auth/session.ts";

/** True if the request was one for the metrics, and is answered. */
export function createMetricsRoute(
  env: Env,
  log: Log,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const session = async (request: IncomingMessage): Promise<MetricsSession> => {
    const user = await readSession(request);
    if (!user) return "none";
    return mayAdminister(user) ? "admin" : "other";
  };
  return (request, response) => {
    if (request.url?.split("?")[0] !== METRICS_PATH) return false;
    void answerMetrics(request, response, { token: env.METRICS_TOKEN, session, log });
    return true;
  };
}

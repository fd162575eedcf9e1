// GET /api/ready: the database, the channel layer and a worker answer; 503 with the reason otherwise.

import { problem } from "#app/api/_http/problem.ts";
import { runtime } from "#lib/runtime.ts";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  try {
    await runtime().ready();
    return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problem(503, "Not ready.", error instanceof Error ? error.message : String(error));
  }
}

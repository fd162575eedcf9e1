// Keeps the language that somebody chose, in a cookie of their browser. Open to everybody, because the login page
// offers it too: it tells nothing and changes nothing on the server.
import { z } from "zod";
import { LOCALE_COOKIE, localeCodes } from "#app/_i18n/locales.ts";
import { isSameOrigin } from "#app/api/_http/guard.ts";
import { readJson } from "#app/api/_http/json-body.ts";
import { problem } from "#app/api/_http/problem.ts";

const choice = z.object({ locale: z.enum(localeCodes) });
const YEAR = 365 * 24 * 60 * 60;

export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return problem(403, "This request comes from another site.");
  const read = await readJson(request, choice);
  if ("refused" in read) return read.refused;
  const cookie = `${LOCALE_COOKIE}=${read.body.locale}; Path=/; Max-Age=${YEAR}; SameSite=Lax; HttpOnly`;
  return new Response(null, { status: 204, headers: { "set-cookie": cookie, "cache-control": "no-store" } });
}

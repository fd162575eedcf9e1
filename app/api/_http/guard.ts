// The gate of every route handler: same-origin where something changes, then a session, then staff.
import { problem } from "#app/api/_http/problem.ts";
import { mayEnter } from "#server/auth/access.ts";
import { readSession, type SessionUser } from "#server/auth/session.ts";

/** The member of staff who asks, or the answer to send instead. */
export async function guardApi(request: Request): Promise<{ user: SessionUser } | { refused: Response }> {
  if (!isSameOrigin(request)) return { refused: problem(403, "This request comes from another site.") };
  const user = await readSession(request);
  if (!user) return { refused: problem(401, "Sign in first.", "There is no valid session cookie with this request.") };
  if (!mayEnter(user)) return { refused: problem(403, "Only active staff may use this.") };
  return { user };
}

/** Reading is free for all origins (the answer stays unreadable to them); changing is for our own pages and no browser. */
export function isSameOrigin(request: Request): boolean {
  if (["GET", "HEAD", "OPTIONS"].includes(request.method)) return true;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.get("host")?.toLowerCase();
}

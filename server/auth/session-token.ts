// What a session token says, as next-auth wrote it. To decrypt one takes longer than everything else about a new
// connection, and the same token comes again with every reconnect and every request, so what the latest ones said is
// kept for a while. Whether the account still stands by it is asked each time: session.ts.
import { decode, type JWT } from "next-auth/jwt";

/** Tokens that are kept, and for how long, ms. */
const KEPT = 2_000;
const KEPT_FOR = 5 * 60_000;

const known = new Map<string, { claims: JWT; secret: string; until: number }>();

/** Null for what is no token of ours, or has expired. */
export async function decodeToken(token: string, secret: string, now = Date.now()): Promise<JWT | null> {
  if (token === "") return null;
  const kept = known.get(token);
  if (kept && kept.secret === secret && now < kept.until) return kept.claims;
  const claims = await decode({ token, secret }).catch(() => null);
  if (!claims) return null;
  const expires = typeof claims.exp === "number" ? claims.exp * 1_000 : 0;
  // The one that was kept first goes first.
  if (known.size >= KEPT) known.delete(known.keys().next().value ?? "");
  known.set(token, { claims, secret, until: Math.min(now + KEPT_FOR, expires) });
  return claims;
}

// Who a request belongs to: the next-auth cookie, checked against the account as it is now. Used by pages, route
// handlers and the WebSocket upgrade alike.
import type { IncomingHttpHeaders } from "node:http";
import { parse } from "cookie";
import { getToken, type JWT } from "next-auth/jwt";
import { runtime } from "#lib/runtime.ts";
import { findAccountRow } from "./lookups.ts";
import { decodeToken } from "./session-token.ts";

/** A person with a valid session. `isActive` and `isStaff` decide whether they may enter. */
export interface SessionUser {
  id: string;
  name: string;
  email: string;
  color: number;
  isStaff: boolean;
  isAdmin: boolean;
  isActive: boolean;
  sessionVersion: number;
}

interface Request {
  headers: Headers | IncomingHttpHeaders;
}

/** Whether cookies are `Secure`, and named so: only if people reach this server by https. */
export function hasSecureCookies(nextAuthUrl: string | undefined): boolean {
  return nextAuthUrl?.startsWith("https:") ?? false;
}

/** Null if nobody is signed in, the account is gone, or its sessions were ended. Whether they may enter: `mayEnter`. */
export async function readSession(request: Request): Promise<SessionUser | null> {
  const claims = await readClaims(request);
  return claims ? findAccount(claims) : null;
}

/** What the session's cookie says; `findAccount` tells whether it still counts. Null without a valid one. */
export async function readClaims(request: Request): Promise<JWT | null> {
  const header = request.headers instanceof Headers ? request.headers.get("cookie") : request.headers.cookie;
  // Only the cookie: next-auth would also take a bearer token, which no client of ours sends.
  const req = { headers: {}, cookies: parse(header ?? "") } as unknown as Parameters<typeof getToken>[0]["req"];
  const secureCookie = hasSecureCookies(runtime().env.NEXTAUTH_URL);
  return readTokenClaims((await getToken({ req, raw: true, secureCookie })) ?? "");
}

/** As `readClaims`, for a client outside of a browser that sends the session's token by itself. */
export function readTokenClaims(token: string): Promise<JWT | null> {
  return decodeToken(token, runtime().env.NEXTAUTH_SECRET ?? "");
}

/** The account that the claims of a session stand for, if that session still counts. */
export async function findAccount({ sub, sessionVersion }: JWT): Promise<SessionUser | null> {
  if (!sub) return null;
  const user = await findAccountRow(sub);
  return user?.sessionVersion === sessionVersion ? user : null;
}

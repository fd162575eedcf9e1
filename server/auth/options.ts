// next-auth's settings: credentials in, a signed cookie out. What the cookie is worth is decided at every request by
// session.ts, against the account as it is then.
import type { AuthOptions } from "next-auth";
import type { JWT } from "next-auth/jwt";
import { runtime } from "#lib/runtime.ts";
import { providers } from "./providers/index.ts";
import { findAccount, hasSecureCookies } from "./session.ts";

/** Seconds that a session lasts, counted from the last visit of a page that asks /api/auth/session. */
const SESSION_SECONDS = 14 * 24 * 60 * 60;

/** What next-auth calls an error, and anybody can cause with an odd cookie or address. */
const CAUSED_BY_CLIENT = ["JWT_SESSION_ERROR", "INVALID_CALLBACK_URL_ERROR", "CHUNKING_SESSION_COOKIE"];

/** Cookies are HttpOnly and SameSite=Lax, as is next-auth's default. */
export function authOptions(): AuthOptions {
  const { env, log } = runtime();
  return {
    providers: providers(),
    secret: env.NEXTAUTH_SECRET ?? "",
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    useSecureCookies: hasSecureCookies(env.NEXTAUTH_URL),
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sessionVersion: user.sessionVersion } : renew(token)),
      // Pages read the account itself (session.ts); the cookie's owner needs no copy of it.
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      error: (code, metadata) => {
        const err = metadata instanceof Error ? metadata : ((metadata as { error?: unknown })?.error ?? metadata);
        if (CAUSED_BY_CLIENT.includes(code)) log.debug({ code, err }, "next-auth refused a request");
        else log.error({ code, err }, "next-auth failed");
      },
      warn: (code) => log.debug({ code }, "next-auth warns"),
      debug: () => {},
    },
  };
}

/** The cookie of a session that has ended is removed rather than prolonged: next-auth does so when this throws. */
async function renew(token: JWT): Promise<JWT> {
  if ((await findAccount(token))?.isActive) return token;
  throw new Error("the session has ended");
}

declare module "next-auth" {
  interface User {
    sessionVersion: number;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    sessionVersion?: number;
  }
}

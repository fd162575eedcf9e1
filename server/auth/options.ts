// next-auth's settings: credentials in, a signed cookie out. What the cookie is worth is decided at every request by
// session.ts, against the account as it is then.
import type { AuthOptions } from "next-auth";
import { runtime } from "#lib/runtime.ts";
import { providers } from "./providers/index.ts";

/** Seconds that a session lasts, counted from the last visit. */
const SESSION_SECONDS = 14 * 24 * 60 * 60;

/** Whether cookies are `Secure`: only if people reach this server by https. */
export function hasSecureCookies(nextAuthUrl: string | undefined): boolean {
  return nextAuthUrl?.startsWith("https:") ?? false;
}

export function authOptions(): AuthOptions {
  const { env, log } = runtime();
  return {
    providers: providers(),
    secret: env.NEXTAUTH_SECRET ?? "",
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    useSecureCookies: hasSecureCookies(env.NEXTAUTH_URL),
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sessionVersion: user.sessionVersion } : token),
      // Pages read the account itself (session.ts); the cookie's owner needs no copy of it.
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      error: (code, metadata) => log.error({ code, metadata }, "next-auth"),
      warn: (code) => log.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
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

// E-mail and password. The answer never tells which of the two was wrong, nor by its timing.
import type { User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { runtime } from "#lib/runtime.ts";
import { db } from "#prisma/client.ts";
import { verifyPassword } from "#prisma/password.ts";
import { ADDRESS_HEADER } from "../client-address.ts";
import { loginLimits } from "../rate-limit.ts";

/** No address has control characters, and Postgres takes no NUL. */
const email = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(320)
  .regex(/^\P{Cc}*$/u);
const given = z.object({ email, password: z.string().min(1).max(1024) });

/**
 * Codes that the login page gets as next-auth's `error` beside its own "CredentialsSignin": `TooManyAttempts:<seconds
 * to wait>`, and "Unavailable" when the answer is not known.
 */
class LoginRefused extends Error {}

export function credentials() {
  return CredentialsProvider({
    name: "E-mail and password",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(input, request) {
      const address = String(request.headers?.[ADDRESS_HEADER] ?? "unknown");
      try {
        return await logIn(input, address);
      } catch (error) {
        if (error instanceof LoginRefused) throw error;
        // next-auth would put the message of any error into an address.
        runtime().log.error({ err: error }, "login failed");
        throw new LoginRefused("Unavailable");
      }
    },
  });
}

async function logIn(input: unknown, address: string): Promise<User | null> {
  const parsed = given.safeParse(input);
  if (!parsed.success) return null;
  const { email, password } = parsed.data;
  const { log } = runtime();
  const limits = loginLimits();
  const wait = await limits.begin(email, address);
  if (wait > 0) {
    log.warn({ address, wait }, "too many login attempts");
    throw new LoginRefused(`TooManyAttempts:${wait}`);
  }

  const user = await db().user.findUnique({ where: { email } });
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user?.isActive || !matches) {
    log.info({ address }, "login refused");
    return null;
  }
  await limits.succeed(email, address);
  return { id: user.id, name: user.name, email: user.email, sessionVersion: user.sessionVersion };
}

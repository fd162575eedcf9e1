// E-mail and password. The answer never tells which of the two was wrong, nor by its timing.
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { runtime } from "#lib/runtime.ts";
import { db } from "#prisma/client.ts";
import { verifyPassword } from "#prisma/password.ts";
import { ADDRESS_HEADER } from "../client-address.ts";
import { loginLimits } from "../rate-limit.ts";

const given = z.object({
  email: z.string().trim().toLowerCase().min(1).max(320),
  password: z.string().min(1).max(1024),
});

export function credentials() {
  return CredentialsProvider({
    name: "E-mail and password",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(input, request) {
      const parsed = given.safeParse(input);
      if (!parsed.success) return null;
      const { email, password } = parsed.data;
      const address = String(request.headers?.[ADDRESS_HEADER] ?? "unknown");
      const limits = loginLimits();
      const wait = await limits.begin(email, address);
      // Shown by the login page; next-auth passes the message of an error on.
      if (wait > 0) throw new Error(`TooManyAttempts:${wait}`);

      const user = await db().user.findUnique({ where: { email } });
      const matches = await verifyPassword(user?.passwordHash ?? null, password);
      if (!user || !matches || !user.isActive) {
        runtime().log.info({ address }, "login refused");
        return null;
      }
      await limits.succeed(email, address);
      return { id: user.id, name: user.name, email: user.email, sessionVersion: user.sessionVersion };
    },
  });
}

// next-auth's own endpoints: csrf, sign-in, sign-out, session.
import NextAuth from "next-auth";
import { authOptions } from "#server/auth/options.ts";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ nextauth: string[] }> };

const handler = (request: Request, context: Context): Promise<Response> =>
  NextAuth(request as never, context as never, authOptions());

export { handler as GET, handler as POST };

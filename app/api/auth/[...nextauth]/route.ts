// next-auth's own endpoints: csrf, sign-in, sign-out, session.
import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { problem } from "#app/api/_http/problem.ts";
import { readBody } from "#app/api/_http/read-body.ts";
import { authOptions } from "#server/auth/options.ts";

export const dynamic = "force-dynamic";

/** Bytes; an address, a password, and where to go then. */
const LIMIT = 16 * 1024;

type Context = { params: Promise<{ nextauth: string[] }> };

const handler = (request: Request, context: Context): Promise<Response> =>
  NextAuth(request as never, context as never, authOptions());

/** next-auth reads a body to its end, whoever sends it, before it looks at anything else. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const bytes = await readBody(request, LIMIT);
  if (bytes === null) return problem(413, `The body has at most ${LIMIT} bytes.`);
  // It also wants Next's kind of request; and an empty body is none, or it would be no JSON.
  const { method, headers } = request;
  const body = bytes.length > 0 ? new Uint8Array(bytes) : null;
  return handler(new NextRequest(request.url, { method, headers, body }), context);
}

export { handler as GET };

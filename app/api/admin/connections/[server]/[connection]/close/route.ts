// POST /api/admin/connections/<server>/<number>/close: one connection ends, and its page says who ended it.
import { z } from "zod";
import { adminRoute } from "#app/api/_http/admin-route.ts";
import { invalid } from "#app/api/_http/problem.ts";
import { runtime } from "#lib/runtime.ts";
import { closeAnswer } from "../../../../close-answer.ts";

export const dynamic = "force-dynamic";

const params = z.object({
  server: z.string().regex(/^[\w-]{1,64}$/, "is not a server's id"),
  connection: z.string().regex(/^[1-9]\d{0,14}$/, "is not a connection's number"),
});

export const POST = adminRoute(
  async (_, user, context: { params: Promise<{ server: string; connection: string }> }) => {
    const parsed = params.safeParse(await context.params);
    if (!parsed.success) return invalid("The address is not valid.", parsed.error);
    const { log, administration } = runtime();
    const connection = `${parsed.data.server}/${parsed.data.connection}`;
    const result = await administration.closeConnection(connection);
    log.info({ connection, user: user.id, result }, "an administrator closed a connection");
    return closeAnswer(result, "The connection");
  },
);

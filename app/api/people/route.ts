// GET /api/people?q=&limit=: active staff by name or e-mail address, to mention them.
import { z } from "zod";
import { jsonAnswer } from "#app/api/_http/json-answer.ts";
import { invalid } from "#app/api/_http/problem.ts";
import { staffRoute } from "#app/api/_http/staff-route.ts";
import { db } from "#prisma/client.ts";

export const dynamic = "force-dynamic";

const listQuery = z.object({
  q: z.string().max(100).default(""),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});

export const GET = staffRoute(async (request) => {
  const query = listQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return invalid("The query is not valid.", query.error);
  // LIKE's own wildcards are ordinary characters here, and Postgres knows no NUL.
  const contains = query.data.q
    .replaceAll("\0", "")
    .trim()
    .replaceAll(/[\\%_]/g, "\\$&");
  const people = await db().user.findMany({
    where: {
      isActive: true,
      isStaff: true,
      OR: [{ name: { contains, mode: "insensitive" } }, { email: { startsWith: contains, mode: "insensitive" } }],
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: query.data.limit,
    select: { id: true, name: true, email: true, color: true },
  });
  return jsonAnswer({ people });
});

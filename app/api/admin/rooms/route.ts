// GET /api/admin/rooms: every room that lives, with who is in it, and the processes around them.

import { readOverview } from "#app/admin/_data/overview.ts";
import { adminRoute } from "#app/api/_http/admin-route.ts";
import { jsonAnswer } from "#app/api/_http/json-answer.ts";

export const dynamic = "force-dynamic";

export const GET = adminRoute(async () => jsonAnswer(await readOverview()));

// POST /api/admin/dump: this server and every worker write a diagnostic dump. Answers where; the files stay there.
import { adminRoute } from "#app/api/_http/admin-route.ts";
import { jsonAnswer } from "#app/api/_http/json-answer.ts";
import { runtime } from "#lib/runtime.ts";

export const dynamic = "force-dynamic";

export const POST = adminRoute(async (_, user) => {
  const { log, administration } = runtime();
  log.info({ user: user.id }, "an administrator asked for diagnostic dumps");
  return jsonAnswer({ dumps: await administration.dump() });
});

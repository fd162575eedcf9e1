// POST /api/admin/rooms/<room>/close: the room is saved and loaded anew, everybody in it reconnects.
import { z } from "zod";
import { adminRoute } from "#app/api/_http/admin-route.ts";
import { invalid } from "#app/api/_http/problem.ts";
import { runtime } from "#lib/runtime.ts";
import { closeAnswer } from "../../../close-answer.ts";

export const dynamic = "force-dynamic";

/** A name as rooms have it; "#" would address a partition. */
const params = z.object({ room: z.string().regex(/^[\w.-]{1,200}$/, "is not a room's name") });

export const POST = adminRoute(async (_, user, context: { params: Promise<{ room: string }> }) => {
  const parsed = params.safeParse(await context.params);
  if (!parsed.success) return invalid("The address is not valid.", parsed.error);
  const { log, administration } = runtime();
  const { room } = parsed.data;
  const result = await administration.closeRoom(room);
  log.info({ room, user: user.id, result }, "an administrator closed a room");
  return closeAnswer(result, "The room");
});

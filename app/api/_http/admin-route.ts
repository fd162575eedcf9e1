// Wraps a route handler that only admins may use.
import { problem } from "#app/api/_http/problem.ts";
import { staffRoute } from "#app/api/_http/staff-route.ts";
import { mayAdminister } from "#server/auth/access.ts";
import type { SessionUser } from "#server/auth/session.ts";

/** As `staffRoute`, for admins. */
export function adminRoute<Context>(
  handle: (request: Request, user: SessionUser, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return staffRoute<Context>(async (request, user, context) =>
    mayAdminister(user) ? handle(request, user, context) : problem(403, "Only an admin may use this."),
  );
}

// Wraps a route handler of the JSON API: lets only members of staff in, and turns what the handler throws into an
// answer and one line in the log.
import { guardApi } from "#app/api/_http/guard.ts";
import { problem } from "#app/api/_http/problem.ts";
import { runtime } from "#lib/runtime.ts";
import type { SessionUser } from "#server/auth/session.ts";

/** A route handler as Next calls it. `context.params` holds the path's parameters. */
export function staffRoute<Context>(
  handle: (request: Request, user: SessionUser, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      const guard = await guardApi(request);
      return "refused" in guard ? guard.refused : await handle(request, guard.user, context);
    } catch (error) {
      const { log, ready } = runtime();
      const path = new URL(request.url).pathname;
      log.error({ err: error, method: request.method, path }, "a request to the API failed");
      // An outage passes and is worth another try; a fault of ours is not.
      const reason = await ready().then(
        () => null,
        (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
      );
      if (reason === null) return problem(500, "Something went wrong on the server. It was written to the log.");
      return problem(503, "The server cannot answer at the moment. Try again soon.", reason);
    }
  };
}

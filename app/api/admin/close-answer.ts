// What the API says after somebody wanted a room or a connection closed.
import { jsonAnswer } from "#app/api/_http/json-answer.ts";
import { problem } from "#app/api/_http/problem.ts";
import type { CloseResult } from "#lib/reports.ts";

/** `what` starts a sentence: "The room". */
export function closeAnswer(result: CloseResult, what: string): Response {
  switch (result) {
    case "closed":
      return jsonAnswer({ closed: true });
    case "not-found":
      return problem(404, `${what} is not there any more.`, undefined, { code: result });
    case "no-owner":
      return problem(
        503,
        `${what} has no worker at the moment.`,
        "A worker takes over within seconds. Try again then.",
        { code: result },
      );
    case "silent":
      return problem(504, `The worker of ${lower(what)} did not answer in time.`, "Look again before you repeat it.", {
        code: result,
      });
    case "not-saved":
      return problem(
        503,
        `${what} could not be saved, so it was left as it is.`,
        "The database may be away, or what it holds of it cannot be read.",
        { code: result },
      );
  }
}

function lower(what: string): string {
  return what.charAt(0).toLowerCase() + what.slice(1);
}

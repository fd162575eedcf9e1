// Reads the JSON body of a request against a schema, within a size.
import type { z } from "zod";
import { invalid, problem } from "./problem.ts";
import { readBody } from "./read-body.ts";

/** Bytes; titles are the largest thing that the API takes. */
const LIMIT = 16 * 1024;

/** The validated body, or the answer to send instead: 413, 415 or 400 with a line per bad field. */
export async function readJson<T>(
  request: Request,
  schema: z.ZodType<T>,
): Promise<{ body: T } | { refused: Response }> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    return { refused: problem(415, "The body must be JSON.", 'Send "Content-Type: application/json".') };
  }
  const bytes = await readBody(request, LIMIT);
  if (bytes === null) return { refused: problem(413, `The body has at most ${LIMIT} bytes.`) };
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString("utf8"));
  } catch {
    return { refused: problem(400, "The body is not valid JSON.") };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { body: parsed.data };
  return { refused: invalid("Some fields are not valid.", parsed.error) };
}

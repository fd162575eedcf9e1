// Reads the JSON body of a request against a schema, within a size.
import type { z } from "zod";
import { invalid, problem } from "./problem.ts";

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
  const text = await readText(request);
  if (text === null) return { refused: problem(413, `The body has at most ${LIMIT} bytes.`) };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refused: problem(400, "The body is not valid JSON.") };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { body: parsed.data };
  return { refused: invalid("Some fields are not valid.", parsed.error) };
}

/** Null as soon as the body is too large, however much is still to come. */
async function readText(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > LIMIT) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

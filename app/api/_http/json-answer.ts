// Successful answers of the JSON API. They depend on who asks and on the moment, so nobody may keep them.

export function jsonAnswer(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "cache-control": "private, no-store", ...headers } });
}

// Errors of the JSON API, as RFC 9457 describes them.

export interface FieldError {
  field: string;
  message: string;
}

/** A `application/problem+json` answer. `title` is a sentence for people, `detail` says more or what to do. */
export function problem(status: number, title: string, detail?: string, errors?: FieldError[]): Response {
  const body = { type: "about:blank", status, title, ...(detail ? { detail } : {}), ...(errors ? { errors } : {}) };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

// Errors of the JSON API, as RFC 9457 describes them.
import type { z } from "zod";

export interface FieldError {
  /** Dotted path; empty for the whole. */
  field: string;
  message: string;
}

/**
 * An `application/problem+json` answer. `title` is a sentence in English, `detail` says more or what to do. A page that
 * says it in another language goes by `code`.
 */
export function problem(
  status: number,
  title: string,
  detail?: string,
  more: { errors?: FieldError[]; code?: string } = {},
): Response {
  const body = { type: "about:blank", status, title, ...(detail ? { detail } : {}), ...more };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

/** 400 with a line per bad field. */
export function invalid(title: string, error: z.ZodError): Response {
  const errors = error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }));
  return problem(
    400,
    title,
    errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join("; "),
    { errors },
  );
}

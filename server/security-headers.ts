// What every answer tells the browser not to do. Pages get a policy with a nonce of their own: Next reads it from the
// request and puts it on the small scripts that it writes into a page, and the layout on those of its parts.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Request header in which pages find their nonce. */
export const NONCE_HEADER = "x-yroom-nonce";

export interface SecurityOptions {
  /** Allows what hot reload and React's development tools need. */
  isDevelopment: boolean;
  /** People come by https: browsers are told to stay with it. */
  isHttps: boolean;
}

/** Answers a function that is to be called for every request before anything is written. */
export function createSecurityHeaders({ isDevelopment, isHttps }: SecurityOptions) {
  const fixed = Object.entries({
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    ...(isHttps ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
  });
  return (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of fixed) response.setHeader(name, value);
    // A client must not choose the nonce.
    delete request.headers["content-security-policy"];
    delete request.headers["content-security-policy-report-only"];
    delete request.headers[NONCE_HEADER];
    // The API answers with data, and a route with a policy of its own would lose it to this one.
    if (request.url?.startsWith("/api/")) return;
    const nonce = randomBytes(16).toString("base64");
    const policy = contentSecurityPolicy(nonce, isDevelopment);
    request.headers["content-security-policy"] = policy;
    request.headers[NONCE_HEADER] = nonce;
    response.setHeader("Content-Security-Policy", policy);
  };
}

/**
 * `'self'` includes WebSockets of the same host. Styles may be inline: the editor, the floating parts and the toasts
 * place themselves with them.
 */
function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

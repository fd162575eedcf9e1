// Which pages may connect. A browser always says where a page comes from; another site's page must not use the
// visitor's cookie.
import type { IncomingMessage } from "node:http";

/** No origin means no browser, so there is no cookie that was not meant. */
export function isAllowedOrigin(request: Pick<IncomingMessage, "headers">, allowedOrigins: string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}

// The address that login attempts are counted by. Route handlers do not see the socket, so the server writes it into
// a header of its own, after throwing away what a client put there.
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

export const ADDRESS_HEADER = "x-yroom-address";

/** Sets the header. Call it for every request before anything else looks at the headers. */
export function stampAddress(request: IncomingMessage): void {
  request.headers[ADDRESS_HEADER] = clientAddress(request.socket.remoteAddress, request.headers["x-forwarded-for"]);
}

/**
 * The peer's own address, unless the peer is a proxy beside us (loopback or a private network): then the last address
 * in X-Forwarded-For, which that proxy wrote itself. What stands before it may be made up by the client.
 */
export function clientAddress(peer: string | undefined, forwarded: string | string[] | undefined): string {
  const address = plain(peer ?? "");
  if (!isNear(address)) return address || "unknown";
  const last =
    String(forwarded ?? "")
      .split(",")
      .at(-1)
      ?.trim() ?? "";
  return isIP(last) ? plain(last) : address || "unknown";
}

function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}

function isNear(address: string): boolean {
  return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:)/i.test(address);
}

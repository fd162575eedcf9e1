// The address that login attempts are counted by. Route handlers do not see the socket, so the server writes it into
// a header of its own, over whatever a client put there.
import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";

export const ADDRESS_HEADER = "x-yroom-address";

/** Peers that may be a proxy of ours: loopback, private and link-local networks. */
const near = new BlockList();
near.addSubnet("127.0.0.0", 8);
near.addSubnet("10.0.0.0", 8);
near.addSubnet("172.16.0.0", 12);
near.addSubnet("192.168.0.0", 16);
near.addSubnet("169.254.0.0", 16);
near.addAddress("::1", "ipv6");
near.addSubnet("fc00::", 7, "ipv6");
near.addSubnet("fe80::", 10, "ipv6");

/** Sets the header. Call it for every request before anything else looks at the headers. */
export function stampAddress(request: IncomingMessage): void {
  request.headers[ADDRESS_HEADER] = clientAddress(request.socket.remoteAddress, request.headers["x-forwarded-for"]);
}

/**
 * The peer's own address, unless the peer may be a proxy of ours: then the last hop in X-Forwarded-For that is not
 * one too, because each proxy writes whom it heard of behind what was there. What stands further left, or comes from
 * a far peer, may be made up. Somebody in the same private network can thus choose an address; the limit per account
 * holds for them all the same.
 */
export function clientAddress(peer: string | undefined, forwarded: string | string[] | undefined): string {
  let address = plain(peer ?? "");
  const hops = String(forwarded ?? "").split(",");
  while (isNear(address) && hops.length > 0) {
    const hop = plain(hops.pop()?.trim() ?? "");
    if (isIP(hop) === 0) break;
    address = hop;
  }
  return address || "unknown";
}

function plain(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

function isNear(address: string): boolean {
  return isIP(address) !== 0 && near.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/** The network that one customer usually gets as a whole: an IPv4 address, the first half of an IPv6 address. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("%", 1)[0]?.split("::") ?? [];
  const front = head === "" ? [] : head.split(":");
  const back = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array<string>(zeros).fill("0"), ...back].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

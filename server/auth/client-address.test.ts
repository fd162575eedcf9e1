import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { ADDRESS_HEADER, clientAddress, networkOf, stampAddress } from "#server/auth/client-address.ts";

test.each([
  ["a far peer", "203.0.113.7", undefined, "203.0.113.7"],
  ["a far peer that makes something up", "203.0.113.7", "198.51.100.1", "203.0.113.7"],
  ["a near peer without a proxy", "192.168.1.20", undefined, "192.168.1.20"],
  ["a proxy on this machine", "127.0.0.1", "203.0.113.7", "203.0.113.7"],
  ["a proxy on this machine, IPv6", "::1", "2001:db8::7", "2001:db8::7"],
  ["an IPv4 peer on an IPv6 socket", "::ffff:10.0.0.2", "203.0.113.7", "203.0.113.7"],
  ["a client behind a proxy that makes something up", "10.0.0.2", "198.51.100.1, 203.0.113.7", "203.0.113.7"],
  ["two proxies", "127.0.0.1", "203.0.113.7, 10.1.2.3", "203.0.113.7"],
  ["nobody but proxies", "127.0.0.1", "10.9.9.9, 10.1.2.3", "10.9.9.9"],
  ["a proxy that writes nonsense", "127.0.0.1", "unknown", "127.0.0.1"],
  ["nonsense behind a proxy", "127.0.0.1", "<script>, 10.1.2.3", "10.1.2.3"],
  ["172.32 is not private", "172.32.0.1", "198.51.100.1", "172.32.0.1"],
  ["an empty header", "127.0.0.1", "", "127.0.0.1"],
  ["a socket that is gone", undefined, "198.51.100.1", "unknown"],
])("%s", (_, peer, forwarded, expected) => {
  expect(clientAddress(peer, forwarded)).toBe(expected);
});

test("a header of that name from a client is replaced", () => {
  const headers = { [ADDRESS_HEADER]: "198.51.100.1", "x-forwarded-for": "198.51.100.2" };
  const request = { headers, socket: { remoteAddress: "203.0.113.7" } } as unknown as IncomingMessage;
  stampAddress(request);
  expect(request.headers[ADDRESS_HEADER]).toBe("203.0.113.7");
});

describe("one customer", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["unknown", "unknown"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
  ])("%s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

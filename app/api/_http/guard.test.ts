import { expect, test } from "vitest";
import { isSameOrigin } from "#app/api/_http/guard.ts";

const site = "https://write.example.org";

test.each([
  ["reading, from anywhere", "GET", { "sec-fetch-site": "cross-site" }, true],
  ["no browser", "POST", {}, true],
  ["our page", "POST", { "sec-fetch-site": "same-origin", origin: site }, true],
  ["the address bar", "POST", { "sec-fetch-site": "none" }, true],
  ["another site", "POST", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, false],
  ["a sister site", "PATCH", { "sec-fetch-site": "same-site", origin: "https://wiki.example.org" }, false],
  ["another site that does not say so", "DELETE", { origin: "https://evil.example" }, false],
  ["another port", "POST", { origin: `${site}:8443` }, false],
  ["a sandboxed frame", "POST", { origin: "null" }, false],
  ["an old browser on our page", "PUT", { origin: site }, true],
])("%s (%s): %o", (_, method, headers, expected) => {
  const request = new Request(`${site}/api/documents`, { method, headers: { host: "write.example.org", ...headers } });
  expect(isSameOrigin(request)).toBe(expected);
});

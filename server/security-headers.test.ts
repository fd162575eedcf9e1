import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { createSecurityHeaders, NONCE_HEADER } from "./security-headers.ts";

/** What a request and its answer carry after the function has seen them. */
function pass(url: string, given: Record<string, string> = {}, options = { isDevelopment: false, isHttps: false }) {
  const sent = new Map<string, string>();
  const request = { url, headers: { ...given } } as unknown as IncomingMessage;
  const response = { setHeader: (name: string, value: string) => sent.set(name.toLowerCase(), value) };
  createSecurityHeaders(options)(request, response as unknown as ServerResponse);
  return { headers: request.headers, sent, policy: sent.get("content-security-policy") };
}

test("a page gets a policy with a nonce of its own, and hears of it", () => {
  const [one, two] = [pass("/documents"), pass("/documents")];
  const nonce = one.headers[NONCE_HEADER];
  expect(nonce).toMatch(/^[\w+/]{22}==$/);
  expect(one.policy).toContain(`script-src 'self' 'nonce-${nonce}';`);
  expect(one.headers["content-security-policy"]).toBe(one.policy);
  expect(two.headers[NONCE_HEADER]).not.toBe(nonce);
});

test("no script may be inline or evaluated, no frame may hold a page, no socket leads elsewhere", () => {
  const { policy = "", sent } = pass("/");
  const scripts = policy.split("; ").find((directive) => directive.startsWith("script-src"));
  expect(scripts).not.toMatch(/unsafe|\*|https?:/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("connect-src 'self';");
  expect(sent.get("x-content-type-options")).toBe("nosniff");
  expect(sent.has("strict-transport-security")).toBe(false);
});

test.each(["/documents", "/api/documents"])("a client cannot choose the nonce of %s", (url) => {
  const policy = "script-src 'nonce-evil'";
  const given = {
    "content-security-policy": policy,
    "content-security-policy-report-only": policy,
    [NONCE_HEADER]: "evil",
  };
  expect(JSON.stringify(pass(url, given).headers)).not.toContain("evil");
});

test("the API keeps the rest, and its routes their own policies", () => {
  const { policy, sent } = pass("/api/documents");
  expect(policy).toBeUndefined();
  expect(sent.get("x-content-type-options")).toBe("nosniff");
});

test("development may evaluate; https is kept", () => {
  expect(pass("/", {}, { isDevelopment: true, isHttps: false }).policy).toContain("'unsafe-eval'");
  expect(pass("/", {}, { isDevelopment: false, isHttps: true }).sent.get("strict-transport-security")).toMatch(
    /max-age/,
  );
});

import { expect, test } from "vitest";
import { safeCallback } from "./safe-callback.ts";

test.each([
  ["/documents/abc?x=1#y", "/documents/abc?x=1#y"],
  [undefined, "/documents"],
  [["/a", "/b"], "/documents"],
  ["https://evil.example/", "/documents"],
  ["//evil.example/", "/documents"],
  ["/\\evil.example/", "/documents"],
  ["/\t/evil.example/", "/documents"],
  ["/.//evil.example/phish", "/documents"],
  ["/x/..//evil.example/", "/documents"],
  ["/%2e//evil.example/", "/documents"],
  ["/./\\evil.example/", "/documents"],
  ["/documents//x", "/documents//x"],
  ["javascript:alert(1)", "/documents"],
  ["/login?callbackUrl=/login", "/documents"],
  ["/api/auth/signout", "/documents"],
])("%j leads to %s", (given, expected) => {
  expect(safeCallback(given)).toBe(expected);
});

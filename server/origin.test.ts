import { expect, test } from "vitest";
import { isAllowedOrigin } from "./origin.ts";

test.each([
  ["no browser", undefined, "localhost:3000", [], true],
  ["own page", "http://localhost:3000", "localhost:3000", [], true],
  ["own page, host in capitals", "http://write.example.org", "Write.Example.org", [], true],
  ["own page behind a proxy that speaks https", "https://write.example.org", "write.example.org", [], true],
  ["another port", "http://localhost:8080", "localhost:3000", [], false],
  ["another site", "https://evil.example", "localhost:3000", [], false],
  ["a site that starts alike", "https://write.example.org.evil.example", "write.example.org", [], false],
  ["an allowed one", "https://wiki.example.org", "write.example.org", ["https://wiki.example.org"], true],
  ["a sandboxed frame", "null", "localhost:3000", [], false],
  ["no host", "http://localhost:3000", undefined, [], false],
])("[R11] origin: %s", (_, origin, host, allowed, expected) => {
  expect(isAllowedOrigin({ headers: { origin, host } }, allowed)).toBe(expected);
});

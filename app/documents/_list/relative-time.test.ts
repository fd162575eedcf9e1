import { expect, test } from "vitest";
import { relativeTime } from "./relative-time.ts";

const now = new Date("2026-11-23T12:00:00Z");
const ago = (seconds: number) => relativeTime(new Date(now.getTime() - seconds * 1000), now, "en");

test.each([
  [-5, "now"],
  [10, "now"],
  [50, "1 minute ago"],
  [150, "2 minutes ago"],
  [3_700, "1 hour ago"],
  [86_500, "yesterday"],
  [3 * 86_400, "3 days ago"],
  [30 * 86_400, "Oct 24"],
  [400 * 86_400, "Oct 19, 2025"],
])("%i seconds ago is %s", (seconds, expected) => {
  expect(ago(seconds)).toBe(expected);
});

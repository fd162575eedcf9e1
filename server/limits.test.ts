import { expect, test } from "vitest";
import { RateLimit } from "./limits.ts";

test("[P9] a burst is let through, then only the rate", () => {
  let now = 0;
  const limit = new RateLimit(10, 5, () => now);
  expect(Array.from({ length: 6 }, () => limit.take())).toEqual([true, true, true, true, true, false]);
  now += 100;
  expect([limit.take(), limit.take()]).toEqual([true, false]);
  now += 3_600_000;
  expect(Array.from({ length: 6 }, () => limit.take())).toEqual([true, true, true, true, true, false]);
});

import { expect, test } from "vitest";
import { LIMITS } from "#lib/protocol.ts";
import { People } from "./people.ts";

test("connections are counted by person", () => {
  const people = new People();
  people.join("ana");
  people.join("ana");
  people.join("ben");
  people.part("ana");
  people.part("ben");
  people.part("nobody");
  expect(["ana", "ben", "nobody"].map((id) => people.connections(id))).toEqual([1, 0, 0]);
});

test("[P9] while much waits only those are refused who send much, while too much waits everybody", () => {
  const people = new People();
  people.join("ana");
  people.join("mallory");
  for (let n = 0; n < 100; n++) {
    expect(people.refusal("mallory", 1024 * 1024, 0.4)).toBeNull();
    expect(people.refusal("ana", 100, 0.4)).toBeNull();
  }
  expect(people.refusal("mallory", LIMITS.shareBytes / 10, 0.6)).toContain("much waits");
  expect(people.refusal("ana", 100, 0.6)).toBeNull();
  expect(people.refusal("ana", LIMITS.shareBytes * 2, 0.6)).toContain("much waits");
  expect(people.refusal("ana", 100, 0.99)).toBeNull();
  expect(people.refusal("ana", 100, 1)).toContain("too much");
});

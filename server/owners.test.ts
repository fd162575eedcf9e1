import { expect, test } from "vitest";
import { PARTITIONS } from "#lib/partition.ts";
import { Owners } from "./owners.ts";

const owner = (partition: number, term: string) => ({
  type: "owner" as const,
  channel: "yroom",
  owned: [{ partition, term }],
});

test("[P1] a term that was not heard before asks for a resync, its repetition does not", () => {
  const owners = new Owners();
  expect(owners.hear(owner(0, "w1.1"))).toEqual(["yroom/0"]);
  expect(owners.hear(owner(0, "w1.1"))).toEqual([]);
  expect(owners.hear(owner(0, "w2.1"))).toEqual(["yroom/0"]);
  expect(owners.hear(owner(1, "w2.1"))).toEqual(["yroom/1"]);
});

test("a partition is silent until its owner is heard, and again when the owner is not heard for a lease", () => {
  let now = 0;
  const owners = new Owners(() => now);
  expect(owners.silent("yroom")).toHaveLength(PARTITIONS);
  for (let partition = 0; partition < PARTITIONS; partition++) owners.hear(owner(partition, "w1.1"));
  expect(owners.silent("yroom")).toEqual([]);
  now += 2_000;
  owners.hear(owner(5, "w1.1"));
  now += 2_000;
  expect(owners.silent("yroom")).toHaveLength(PARTITIONS - 1);
  expect(owners.silent("yroom")).not.toContain(5);
});

import { expect, test } from "vitest";
import { parseRedisUrl } from "./redis-url.ts";

test.each([
  ["redis://one:6379", false, 1],
  ["rediss://me:secret@one:6379/2", false, 1],
  ["redis://one:6379,redis://two:6379, redis://three", true, 3],
  ["redis://one:6379?cluster=true", true, 1],
  ["redis://one:6379?cluster=false", false, 1],
])("%s", (value, cluster, nodes) => {
  const target = parseRedisUrl(value);
  expect(target).toMatchObject({ cluster });
  expect(target?.urls).toHaveLength(nodes);
  expect(target?.urls.join()).not.toContain("cluster");
});

test.each([
  "",
  "localhost:6379",
  "http://one",
  "redis://",
  "redis://one,",
  "redis://one,two",
  "redis://one?cluster=maybe",
  "redis://one/3,redis://two",
  "redis://one/3?cluster=true",
  "redis://one,rediss://two",
  "redis://one?cluster=false,redis://two",
])("refuses %s", (value) => {
  expect(parseRedisUrl(value)).toBeNull();
});

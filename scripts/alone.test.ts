// Unit tests share the modules that they import (vitest.config.ts). One that mocks a module would do so for all others, or
// come too late: it must be among those that run alone.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { alone } from "../vitest.config.ts";

const root = join(import.meta.dirname, "..");
const mocks = /^vi\.(mock|doMock|hoisted|resetModules)\(/m;

const unitTests = ["app", "server", "worker", "embedded", "lib", "prisma", "scripts", "bench"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name}`)
    .filter((path) => /\.test\.tsx?$/.test(path) && !/integration\.test|node_modules/.test(path)),
);

test("a unit test that mocks modules runs alone", () => {
  const mocking = unitTests.filter((path) => mocks.test(readFileSync(join(root, path), "utf8")));
  expect(mocking).toContain("worker/compaction.test.ts");
  expect(mocking.filter((path) => !alone.includes(path))).toEqual([]);
});

test("those that run alone exist", () => {
  expect(alone.filter((path) => !unitTests.includes(path))).toEqual([]);
});

// Every rule of docs/protocol.md is proved by at least one test that quotes its id in its title, and no test quotes a rule
// that does not exist.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const folders = ["app", "server", "worker", "embedded", "lib", "prisma", "e2e", "scripts"];
const isTest = /(\.(test|spec)\.tsx?|contract[\w-]*\.ts)$/;

const rules = [...readFileSync(join(root, "docs/protocol.md"), "utf8").matchAll(/^- \*\*([A-Z]\d+)\b/gm)].map(
  ([, id]) => id as string,
);

/** Rule id to the files whose titles quote it. A title is a string; a comment with the id proves nothing. */
function quotes(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !isTest.test(entry.name) || entry.parentPath.includes("node_modules")) continue;
      const path = join(entry.parentPath, entry.name);
      if (path === import.meta.filename) continue;
      for (const line of readFileSync(path, "utf8").split("\n")) {
        const title = /["'`](.*)["'`]/.exec(line.replace(/^\s*\/\/.*/, ""))?.[1] ?? "";
        for (const [, id = ""] of title.matchAll(/\[([PRH]\d+)\]/g)) {
          const files = found.get(id) ?? new Set();
          found.set(id, files.add(path.slice(root.length + 1)));
        }
      }
    }
  }
  return found;
}

const proofs = quotes();

test("the rules are numbered once each", () => {
  expect(rules.length).toBeGreaterThan(20);
  expect(rules).toEqual([...new Set(rules)]);
});

test.each(rules)("%s is quoted in the title of a test", (id) => {
  expect([...(proofs.get(id) ?? [])]).not.toEqual([]);
});

test("tests quote rules that exist", () => {
  expect([...proofs.keys()].filter((id) => !rules.includes(id))).toEqual([]);
});

// A file that the documentation shows whole (its path and a colon, then its code) compiles where it says that it stands.
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
/** Inside of the project, where its packages and aliases are found; git does not look there. */
const folder = join(root, "test-results/docs-examples");
const shown = /^.*?`?([\w/-]+\.ts)`?:\n\n```ts\n(.*?)^```$/gms;

const examples = readdirSync(join(root, "docs"))
  .filter((name) => name.endsWith(".md"))
  .flatMap((name) => [...readFileSync(join(root, "docs", name), "utf8").matchAll(shown)])
  .map(([, path = "", code = ""]) => ({ path, code }));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the files that the documentation shows compile", async () => {
  expect(examples.map(({ path }) => path).sort()).toEqual([
    "app/_editor/blocks/spoiler.ts",
    "server/gates/text-collaboration.ts",
  ]);
  for (const { path, code } of examples) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  const config = {
    extends: "../../tsconfig.json",
    // So that `../admission.ts` is the project's.
    compilerOptions: { rootDirs: ["../..", "."], incremental: false },
    include: ["../../next-env.d.ts", ...examples.map(({ path }) => path)],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/.bin/tsc");
  const run = promisify(execFile)(tsc, ["-p", folder, "--pretty", "false"], { cwd: root });
  expect(
    await run.then(
      () => "",
      (error: { stdout: string }) => error.stdout,
    ),
  ).toBe("");
});

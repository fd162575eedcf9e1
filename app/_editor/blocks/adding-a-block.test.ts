// docs/adding-a-block.md, done word for word on a copy of the editor: the block compiles, is shown and comes back.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const page = readFileSync(join(root, "docs/adding-a-block.md"), "utf8");
/** The page's pieces of code, in their order. */
const code = [...page.matchAll(/^ *```(?:ts|css)\n([\s\S]*?)^ *```$/gm)].map((match) => match[1] ?? "");
let copy = "";

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "yroom-block-"));
  const folders = ["app", "lib", "server", "prisma", "worker", "scripts"];
  for (const name of [...folders, "package.json", "tsconfig.json", "vitest.config.ts"]) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function change(path: string, from: string | RegExp, to: string): void {
  const before = readFileSync(join(copy, path), "utf8");
  const after = before.replace(from, to);
  expect(after, `${path}: nothing to change`).not.toBe(before);
  writeFileSync(join(copy, path), after);
}

function run(...command: [string, ...string[]]): { ok: boolean; output: string } {
  const [name, ...args] = command;
  const { FORCE_COLOR, ...inherited } = process.env;
  const env = { ...inherited, NO_COLOR: "1" };
  const bin = join(copy, "node_modules/.bin", name);
  try {
    return { ok: true, output: execFileSync(bin, args, { cwd: copy, encoding: "utf8", stdio: "pipe", env }) };
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return { ok: false, output: `${stdout}\n${stderr}` };
  }
}

function testBlocks(): { ok: boolean; output: string } {
  return run("vitest", "run", "--project", "unit", "--reporter=verbose", "app/_editor/blocks/blocks.test.ts");
}

test("a block is added in ten minutes", { timeout: 300_000 }, () => {
  const [block = "", line = "", entry = "", css = "", sample = ""] = code;
  writeFileSync(join(copy, "app/_editor/blocks/spoiler.ts"), block);
  change("app/_editor/blocks/index.ts", /^import/m, `${line}import`);
  change("app/_editor/blocks/index.ts", "  blockquote,\n", `  blockquote,\n${entry}`);
  for (const name of ["CLOSING", "OPENING"]) {
    change("app/_editor/markdown/block-tags.ts", new RegExp(`(const ${name} = .*\\()`), "$1spoiler|");
  }
  change("app/_editor/markdown/pair-tags.ts", "const NODES = new Set([", 'const NODES = new Set(["spoiler", ');
  writeFileSync(join(copy, "app/_editor/styles/spoiler.css"), css);
  change("app/_editor/editor.css", "@import", '@import "./styles/spoiler.css";\n@import');

  // Both at once, as the page says: the sample that is missing, and the fingerprint of the new version.
  change("lib/protocol.ts", /SCHEMA_VERSION = \d+/, "SCHEMA_VERSION = 99");
  const asked = testBlocks();
  expect(asked.ok).toBe(false);
  expect(asked.output).toContain('add a sample for "spoiler"');
  const fingerprint = /\+ Received:\s+"([0-9a-f]{16})"/.exec(asked.output)?.[1];
  expect(fingerprint, asked.output.slice(-3000)).toBeDefined();
  change("app/_editor/blocks/blocks.test.ts", "  blockquote: [", `  ${sample.trim()}\n  blockquote: [`);
  change(
    "app/_editor/blocks/blocks.test.ts",
    "const known: Record<number, string> = {",
    `const known: Record<number, string> = {\n    99: "${fingerprint}",`,
  );

  const tests = testBlocks();
  expect(tests.output).toContain("spoiler");
  expect(tests.ok, tests.output.slice(-3000)).toBe(true);
  const types = run("tsc", "--noEmit", "-p", "tsconfig.json");
  expect(types.output.split("\n").filter((problem) => problem.includes("_editor"))).toEqual([]);
});

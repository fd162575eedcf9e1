// The program as an operator starts it, in a folder of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openDataDir } from "#lib/data-dir.ts";
import { openDatabase } from "#prisma/client.ts";
import { migrate } from "#prisma/migrate.ts";
import { verifyPassword } from "#prisma/password.ts";
import { openTestDatabase } from "#prisma/testing/database.ts";
import { bundleOptions, root } from "../scripts/bundle.mjs";

/** The program as it is built, beside the packages that it needs. */
const built = mkdtempSync(join(tmpdir(), "people-built-"));
beforeAll(async () => {
  symlinkSync(join(root, "node_modules"), join(built, "node_modules"));
  const options = bundleOptions({ people: "prisma/people.ts" });
  await build({ ...options, outdir: built, outExtension: { ".js": ".mjs" } } as BuildOptions);
});
afterAll(() => rmSync(built, { recursive: true }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "people-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

function people(args: string[], env: Record<string, string> = {}, input = ""): Promise<Ended> {
  const program = [join(built, "people.mjs"), ...args];
  const child = spawn(process.execPath, program, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", ...env } as never,
  });
  const ended: Ended = { code: null, out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    ended.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    ended.err += chunk;
  });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...ended, code }));
  });
}

test("Postgres: somebody is added with a password from a pipe, and listed", async () => {
  const database = await openTestDatabase("postgres");
  try {
    const env = { DATABASE_URL: String(database.pool.options.connectionString) };
    const add = ["add", "carl@example.org", "--name", "Carl", "--stdin"];
    expect(await people(add, env, "elevenchars\n")).toEqual({
      code: 1,
      out: "",
      err: "A password has at least 12 characters.\n",
    });
    expect(await people(add, env, "correct horse\n")).toEqual({ code: 0, out: "Added carl@example.org\n", err: "" });
    const carl = await database.db.user.findUniqueOrThrow({ where: { email: "carl@example.org" } });
    expect(await verifyPassword(carl.passwordHash, "correct horse")).toBe(true);
    // Where `npm start` finds the address, this does too.
    writeFileSync(join(folder, ".env"), `DATABASE_URL=${env.DATABASE_URL}\n`);
    expect((await people(["list"])).out).toMatch(/^E-MAIL.*\ncarl@example\.org +Carl +staff +active/);
    expect(readdirSync(folder)).toEqual([".env"]);
  } finally {
    await database.close();
  }
});

test("the embedded database: not while the server has it, and given back afterwards", async () => {
  const dataDir = join(folder, "data");
  const held = openDataDir(dataDir);
  const database = await openDatabase({ dataDir });
  await migrate(database, { info: () => {} });
  await database.close();
  const busy = await people(["list"]);
  expect(busy).toMatchObject({ code: 1, out: "" });
  expect(busy.err).toMatch(/^Stop the server first: .*is in use by process \d+.*\n$/);
  held.release();
  const added = await people(["add", "carl@example.org", "--name", "Carl"]);
  expect(added).toEqual({ code: 0, out: expect.stringMatching(/^Added carl@example\.org, password: \S+\n$/), err: "" });
  expect((await people(["list"])).out).toContain("carl@example.org");
});

test("where there is no database none is made, and none is migrated", async () => {
  const none = await people(["list"]);
  expect(none).toMatchObject({ code: 1, out: "" });
  expect(none.err).toMatch(/^There is no database in .*data\. .*DATABASE_URL.*\n$/);
  expect(readdirSync(folder)).toEqual([]);

  const database = await openTestDatabase("postgres", { migrated: false });
  try {
    const empty = await people(["list"], { DATABASE_URL: String(database.pool.options.connectionString) });
    expect(empty).toEqual({ code: 1, out: "", err: "This database is not up to date: run “npm run migrate” first.\n" });
  } finally {
    await database.close();
  }
});

test("what is not understood, or cannot be reached, is one line and a code of its own", async () => {
  const [help, nothing, wrong, away] = await Promise.all([
    people(["--help"]),
    people([]),
    people(["frob"]),
    people(["list"], { DATABASE_URL: "postgresql://yroom@127.0.0.1:1/yroom" }),
  ]);
  expect(help).toMatchObject({ code: 0, err: "" });
  expect(nothing).toEqual({ code: 2, out: "", err: help.out });
  expect(wrong).toEqual({ code: 2, out: "", err: "There is no command “frob”. Try: people --help\n" });
  expect(away).toMatchObject({ code: 1, out: "" });
  expect(away.err).toMatch(/^Cannot do it: .+\n$/);
});

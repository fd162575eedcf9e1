import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDataDir, readOrCreateSecret } from "#lib/data-dir.ts";

let base: string;
let path: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "data-dir-"));
  path = join(base, "a", "data");
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(base, { recursive: true, force: true });
});
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

/** Another process that opens the folder; answers its first line: "open", or the code of the refusal. */
async function openElsewhere(): Promise<{ child: ChildProcess; answer: string }> {
  const script = `import { openDataDir } from "${new URL("./data-dir.ts", import.meta.url).href}";
    try { openDataDir(process.argv[1]); console.log("open"); } catch (error) { console.log(error.code); }
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [line] = await once(child.stdout ?? child, "data");
  return { child, answer: String(line).trim() };
}

describe("the folder", () => {
  test("is made for its owner only, with a lock that names the process", () => {
    const dataDir = openDataDir(path);
    expect(dataDir.fresh).toBe(true);
    expect(modeOf(path)).toBe("700");
    expect(JSON.parse(readFileSync(join(path, "lock"), "utf8"))).toMatchObject({ pid: process.pid });
    dataDir.release();
    expect(existsSync(join(path, "lock"))).toBe(false);
  });

  test("is fresh until a database is in it, and opens again after its release", () => {
    openDataDir(path).release();
    mkdirSync(join(path, "pglite"));
    const again = openDataDir(path);
    expect(again.fresh).toBe(false);
    again.release();
  });

  test("releasing twice does not take the lock from the next one", () => {
    const first = openDataDir(path);
    first.release();
    const second = openDataDir(path);
    first.release();
    expect(() => openDataDir(path)).toThrow(expect.objectContaining({ code: "DATA_DIR_IN_USE" }));
    second.release();
  });
});

describe("a second process", () => {
  test("is refused while the first one lives, in one line that names both", () => {
    const held = openDataDir(path);
    expect(() => openDataDir(path)).toThrow(
      expect.objectContaining({ code: "DATA_DIR_IN_USE", message: expect.stringContaining(`process ${process.pid}`) }),
    );
    held.release();
  });

  test("is refused in fact, and let in after a SIGKILL of the first", async () => {
    const first = await openElsewhere();
    expect(first.answer).toBe("open");
    expect((await openElsewhere()).answer).toBe("DATA_DIR_IN_USE");
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    openDataDir(path).release();
  });

  test("wins alone when several find the lock of a dead one", async () => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "lock"), JSON.stringify({ pid: 2 ** 22 + 1, started: "x" }));
    const answers = await Promise.all(Array.from({ length: 4 }, openElsewhere));
    expect(answers.filter(({ answer }) => answer === "open")).toHaveLength(1);
  });

  test.each([
    ["its number now belongs to another process", () => JSON.stringify({ pid: 1, started: "another boot:1" })],
    ["its number now belongs to this process", () => JSON.stringify({ pid: process.pid, started: "another boot:1" })],
    ["the file is empty", () => ""],
    ["the file is nonsense", () => '{"pid":"x"'],
  ])("takes over a stale lock: %s", (_, content) => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "lock"), content());
    openDataDir(path).release();
  });
});

describe("the secret", () => {
  test("is made once, long, and readable by its owner only", () => {
    const held = openDataDir(path);
    const secret = readOrCreateSecret(path);
    expect(secret.length).toBeGreaterThanOrEqual(43);
    expect(readOrCreateSecret(path)).toBe(secret);
    expect(modeOf(join(path, "secret"))).toBe("600");
    held.release();
  });

  test("that was damaged is refused rather than replaced", () => {
    const held = openDataDir(path);
    writeFileSync(join(path, "secret"), "short\n");
    expect(() => readOrCreateSecret(path)).toThrow(expect.objectContaining({ code: "DATA_DIR_UNUSABLE" }));
    held.release();
  });
});

describe("a folder that cannot be used", () => {
  test("because a file is in its place, or above it", () => {
    writeFileSync(join(base, "a"), "");
    expect(() => openDataDir(path)).toThrow(/Cannot use the data folder .*: a part of the path is a file\./);
    expect(() => openDataDir(join(base, "a"))).toThrow(/a file is in its place\./);
  });

  test("because nobody may write there", () => {
    expect(() => openDataDir("/sys/data")).toThrow(/this user may not write there|read-only/);
  });
});

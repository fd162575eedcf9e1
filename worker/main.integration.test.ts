// The worker as a process: which channels it serves, what it refuses, and that it ends when it is told to.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";

const { TEST_REDIS_URL, TEST_DATABASE_URL } = process.env;
if (!TEST_REDIS_URL || !TEST_DATABASE_URL)
  throw new Error("TEST_REDIS_URL and TEST_DATABASE_URL are not set: npm test");

const folder = mkdtempSync(join(tmpdir(), "yroom-worker-"));
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(args: string[], settings: unknown) {
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    REDIS_URL: TEST_REDIS_URL,
    DATABASE_URL: TEST_DATABASE_URL,
    DATA_DIR: folder,
    LOG_LEVEL: "info",
    YROOM_SETTINGS: JSON.stringify(settings),
  };
  const child = spawn(process.execPath, ["--import", "tsx", "worker/main.ts", ...args], { env });
  children.push(child);
  const output = { text: "" };
  const exit = once(child, "close").then(([code]) => code as number | null);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output.text += chunk.toString();
    });
  }
  return { child, output, exit };
}

// Without a database that has our tables, so every channel keeps its rooms in memory.
const settings = { default: { storage: "memory", channel: "one" }, notes: { channel: "two" } };

test("one process serves several channels, says that it lives, and stops when told to", async () => {
  const health = join(folder, "beat");
  const args = ["--channel", "one", "--channel", "two", "--channel", "one", "--health-file", health];
  const { child, output, exit } = start(args, settings);
  await vi.waitFor(() => expect(output.text.match(/"msg":"worker started"/g)).toHaveLength(2), 15_000);
  for (const channel of ["one", "two"]) expect(output.text).toContain(`"channel":"${channel}"`);
  await vi.waitFor(() => expect(existsSync(health)).toBe(true), 5_000);
  child.kill("SIGTERM");
  expect(await exit).toBe(0);
  expect(output.text.match(/"msg":"worker stopped"/g)).toHaveLength(2);
});

test("without a channel given it serves all of them", async () => {
  const { output } = start([], settings);
  await vi.waitFor(() => expect(output.text.match(/"msg":"worker started"/g)).toHaveLength(2), 15_000);
  for (const channel of ["one", "two"]) expect(output.text).toContain(`"channel":"${channel}"`);
});

test.each([
  [["--channel", "one", "--channel", "three"], settings, 'No room type uses the channel "three". Channels: one, two'],
  [["--channel", "yroom"], settings, 'No room type uses the channel "yroom"'],
  [["--channel", "one"], { notes: { channel: "t w o" } }, "YROOM_SETTINGS.notes.channel: letters, digits"],
])("with %j and %j it does not start", async (args, given, reason) => {
  const { output, exit } = start(args, given);
  expect(await exit).toBe(1);
  expect(output.text).toContain(reason);
});

// `npm test`: everything, from the linters to two people in real browsers, on real services. Leaves nothing running
// and no file behind; the last line is `N passed, N failed`. Fails too if a stage ran no test or skipped one.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./bundle.mjs";
import { countByExitCode, playwrightCounts, vitestCounts } from "./test-counts.mjs";
import { startServices } from "./test-services.mjs";
import { ensureTools } from "./test-tools.mjs";

const minutes = 60_000;
const node = (script, ...args) => [process.execPath, join(root, script), ...args];
const bin = (name, ...args) => [join(root, "node_modules/.bin", name), ...args];
const vitest = (name, ...projects) => ({
  name: `${name} tests`,
  command: bin(
    "vitest",
    "run",
    ...projects.map((project) => `--project=${project}`),
    "--reporter=default",
    "--reporter=json",
    "--outputFile.json={report}",
  ),
  count: vitestCounts,
  limit: 8 * minutes,
});
const playwright = (projects, name, limit, workers, files = []) => ({
  name,
  command: bin(
    "playwright",
    "test",
    ...files,
    ...projects.map((project) => `--project=${project}`),
    "--reporter=list,json",
    `--output=test-results/${name.replace(/\W+/g, "-")}`,
    `--workers=${workers}`,
  ),
  count: playwrightCounts,
  limit,
});

const rounds = Number(process.env.FAULT_ROUNDS ?? 1);
/** Of e2e/faults/, by the names of files. */
const faults = (...names) =>
  playwright(
    ["faults"],
    `faults: ${names[0]}`,
    10 * minutes * rounds,
    1,
    names.map((name) => `e2e/faults/${name}.spec.ts`),
  );

/** Those in one list run at the same time. */
const groups = [
  // Of the build a good part runs on one core.
  [
    { name: "build", command: node("scripts/build.mjs"), count: countByExitCode, limit: 6 * minutes },
    { name: "lint (biome)", command: bin("biome", "check", "."), count: countByExitCode, limit: 4 * minutes },
    { name: "dead code (knip)", command: bin("knip"), count: countByExitCode, limit: 4 * minutes },
  ],
  [vitest("unit", "unit", "alone")],
  // Beside those that mostly wait: what needs the build, which writes types, too. Of each kind one file at a time.
  [
    vitest("integration", "integration"),
    vitest("paced", "paced"),
    playwright(["silence"], "faults: silence", 5 * minutes * rounds, 1),
    { name: "types (tsc)", command: bin("tsc"), count: countByExitCode, limit: 4 * minutes },
  ],
  // Two at a time, each with an app of its own.
  [playwright(["e2e", "firefox"], "end to end", 16 * minutes, 2)],
  // `npm run test:faults`: these and silence only, and more of them. One file at a time on the Redis of the tests, beside
  // those who bring their own; what is measured while somebody attacks has no company.
  [faults("town", "embedded"), faults("database", "processes")],
  [faults("hostile", "hostile-masses")],
];

const running = new Set();
let interrupted = false;

/** Ends the process and everything that it started: politely, then not. */
function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // All of them are gone already.
  }
}

/** Runs a stage and answers `{ passed, failed, notes }`. */
async function runStage(stage, env, report) {
  const [command, ...args] = stage.command.map((part) => part.replace("{report}", report));
  // A group of its own, so that whatever it leaves behind can be ended with it.
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  running.add(child);
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    endGroup(child, "SIGTERM");
    setTimeout(() => endGroup(child, "SIGKILL"), 10_000).unref();
  }, stage.limit);
  const code = await new Promise((resolve) => {
    child.on("error", () => resolve(127));
    child.on("exit", (status) => resolve(status ?? 1));
  });
  clearTimeout(limit);
  endGroup(child, "SIGKILL");
  running.delete(child);
  const counts = stage.count(report, code);
  if (late) counts.notes.push(`stopped after ${stage.limit / minutes} minutes`);
  // A run that ended badly has a failure, whatever it says.
  if ((code !== 0 || counts.passed === 0) && counts.failed === 0) counts.failed = 1;
  return counts;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    interrupted = true;
    for (const child of running) {
      endGroup(child, "SIGTERM");
      setTimeout(() => endGroup(child, "SIGKILL"), 10_000).unref();
    }
  });
}

ensureTools();
const started = Date.now();
const wanted = process.argv.slice(2);
const isChosen = ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word));
const chosen = groups.map((group) => group.filter(isChosen)).filter((group) => group.length > 0);
const total = { passed: 0, failed: 0 };
const lines = [];
const folder = mkdtempSync(join(tmpdir(), "yroom-"));
// A test's own PostgreSQL, which runs as another user than root, keeps its data below it.
chmodSync(folder, 0o711);
let services;
try {
  services = await startServices();
  const { FORCE_COLOR, NO_COLOR, ...inherited } = process.env;
  const env = { ...inherited, ...services.env, TMPDIR: folder, NEXT_TELEMETRY_DISABLED: "1" };
  const countStage = async (stage) => {
    console.log(`\n── ${stage.name}`);
    const before = Date.now();
    const { passed, failed, notes } = await runStage(stage, env, join(folder, `${stage.name}.json`));
    total.passed += passed;
    total.failed += failed;
    const seconds = ((Date.now() - before) / 1000).toFixed(1).padStart(6);
    const line =
      `${stage.name.padEnd(18)} ${seconds} s  ${passed} passed, ${failed} failed  ${notes.join(", ")}`.trimEnd();
    lines.push(line);
    console.log(line);
  };
  for (const group of chosen) {
    if (interrupted) break;
    await Promise.all(group.map(countStage));
  }
} catch (error) {
  console.error(error);
  total.failed++;
} finally {
  await services?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
if (interrupted) {
  console.log("Interrupted.");
  total.failed++;
}
console.log(`\n${lines.join("\n")}\nin ${Math.round((Date.now() - started) / 1000)} s`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

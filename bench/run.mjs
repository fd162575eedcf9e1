// `npm run bench` and `npm run bench:editor`: installs what the bench needs, builds what it measures, starts it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const root = join(here, "..");
const run = (command, args, cwd) => spawnSync(command, args, { cwd, stdio: "inherit" }).status ?? 130;

if (!existsSync(join(here, "node_modules/.package-lock.json"))) {
  console.log("Installing what the bench compares with …");
  // npm runs no install scripts by itself here: SQLite, which one of them keeps its documents in, is compiled by hand.
  if (run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], here) !== 0) process.exit(1);
  run("npm", ["rebuild", "better-sqlite3", "--build-from-source", "--foreground-scripts"], here);
}
if (!["--tree", "--render"].some((option) => process.argv.includes(option))) {
  const { buildState } = await import("../scripts/fingerprint.mjs");
  if (buildState() !== "fresh" && run(process.execPath, [join(root, "scripts/build.mjs")], root) !== 0) process.exit(1);
}
const [which, ...options] =
  process.argv[2] === "--editor" ? ["editor/main.ts", ...process.argv.slice(3)] : ["main.ts", ...process.argv.slice(2)];
process.exit(run(process.execPath, ["--import", "tsx", join(here, which), ...options], here));

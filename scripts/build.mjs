// `npm run build`: the pages by Next (.next), the processes by esbuild (dist). Quiet unless it fails.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bundleOptions, entryPoints, root } from "./bundle.mjs";
import { fingerprint, writeStamp } from "./fingerprint.mjs";

/** Runs `next build`; its output is shown only if it fails. */
function buildPages() {
  const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`next build failed.\n${output}`))));
  });
}

/** Shows that something is going on: a line that counts the seconds on a terminal, two lines elsewhere. */
function showProgress(text) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const terminal = process.stdout.isTTY;
  process.stdout.write(terminal ? text : `${text}\n`);
  const timer = terminal ? setInterval(() => process.stdout.write(`\r${text} ${seconds()} s`), 1000) : undefined;
  return (end) => {
    clearInterval(timer);
    process.stdout.write(`${terminal ? "\r\x1b[K" : ""}${end} in ${seconds()} s.\n`);
  };
}

const before = fingerprint();
rmSync(join(root, "dist"), { recursive: true, force: true });
const done = showProgress("Building the production version (half a minute to two minutes) …");
try {
  await Promise.all([buildPages(), build(bundleOptions(entryPoints))]);
  writeStamp(before);
  done("Built");
} catch (error) {
  done("Building failed");
  if (!error.errors) process.stderr.write(`${error.message}\n`); // esbuild has printed its own
  process.exit(1);
}

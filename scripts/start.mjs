// `npm start`: builds what is missing or outdated, then runs web server and worker in this very process, so that
// Ctrl+C reaches them directly.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./bundle.mjs";
import { buildState } from "./fingerprint.mjs";

process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";
process.chdir(root);

const state = buildState();
if (state !== "fresh") {
  console.log(state === "missing" ? "There is no production build yet." : "The sources are newer than the build.");
  const { status } = spawnSync(process.execPath, [join(root, "scripts/build.mjs")], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 130);
}
if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
process.setSourceMapsEnabled(true);
await import("../dist/embedded.js");

// `npm run dev`: web server and worker in one process, started anew when a file of the server or worker half
// changes. Changes of pages and components go to the browser by Next's own hot reload.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { context } from "esbuild";
import { bundleOptions, root } from "./bundle.mjs";

process.env.NODE_ENV = "development";
process.env.NEXT_TELEMETRY_DISABLED = "1";
if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));

let child;
let stopping = false;
let restarting = Promise.resolve();

function start() {
  child = spawn(process.execPath, ["--enable-source-maps", join(root, "dist/dev.js")], { cwd: root, stdio: "inherit" });
  child.on("exit", (code) => {
    if (stopping) process.exit(code ?? 0);
    child = undefined;
  });
}

/** Resolves when the process has saved and gone. */
function stop() {
  const running = child;
  if (!running) return Promise.resolve();
  return new Promise((resolve) => {
    running.once("exit", resolve);
    running.kill("SIGTERM");
  });
}

const restart = {
  name: "restart",
  setup(build) {
    let first = true;
    build.onEnd((result) => {
      if (result.errors.length > 0 || stopping) return;
      if (!first) console.log("The server half changed: starting anew …");
      first = false;
      restarting = restarting.then(stop).then(start);
    });
  },
};

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    stopping = true;
    // A terminal sends Ctrl+C to the child as well; a second signal is harmless to it.
    if (child) child.kill(signal);
    else process.exit(0);
  });
}

const bundle = await context({ ...bundleOptions({ dev: "embedded/main.ts" }), plugins: [restart] });
await bundle.watch();

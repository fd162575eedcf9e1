// What esbuild makes of the processes' entry points: one file per process in dist/, npm packages left in
// node_modules. The pages are Next's business (scripts/build.mjs).
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Bundle name to entry point. */
export const entryPoints = {
  embedded: "embedded/main.ts",
  server: "server/main.ts",
  worker: "worker/main.ts",
  migrate: "prisma/main.ts",
  people: "prisma/people.ts",
};

/** The commit that is built, for /metrics and the page of administrators; empty without git. */
function commit() {
  try {
    const options = { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("git", ["rev-parse", "--short=9", "HEAD"], options).trim();
  } catch {
    return "";
  }
}

/** esbuild options for the given entries, `{ name: path }`, written to dist/<name>.js. */
export function bundleOptions(entries) {
  return {
    absWorkingDir: root,
    entryPoints: entries,
    outdir: "dist",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    define: { __COMMIT__: JSON.stringify(commit()) },
    logLevel: "warning",
  };
}

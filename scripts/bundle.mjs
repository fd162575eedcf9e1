// What esbuild makes of the processes' entry points: one file per process in dist/, npm packages left in
// node_modules. The pages are Next's business (scripts/build.mjs).
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Bundle name to entry point. */
export const entryPoints = {
  embedded: "embedded/main.ts",
  server: "server/main.ts",
  worker: "worker/main.ts",
  migrate: "prisma/main.ts",
};

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
    logLevel: "warning",
  };
}

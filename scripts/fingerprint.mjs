// Tells whether the production build is missing or older than the sources, by content and not by file times, which
// a git checkout changes.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { entryPoints, root } from "./bundle.mjs";

const sources = [
  "app",
  "embedded",
  "lib",
  "prisma",
  "public",
  "server",
  "worker",
  "next.config.js",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "scripts/build.mjs",
  "scripts/bundle.mjs",
  "tsconfig.json",
];
const skipped = /(^|\/)(generated|migrations\/.*\.md)(\/|$)|\.test\.tsx?$/;
const stamp = join(root, "dist/.sources");

function* filesUnder(path) {
  if (skipped.test(path) || !existsSync(join(root, path))) return;
  if (statSync(join(root, path)).isFile()) yield path;
  else for (const name of readdirSync(join(root, path)).sort()) yield* filesUnder(`${path}/${name}`);
}

/** A hash over everything that the build is made of. */
export function fingerprint() {
  const hash = createHash("sha256");
  for (const path of sources.flatMap((source) => [...filesUnder(source)])) {
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}

/** "missing", "outdated" or "fresh". */
export function buildState() {
  const made = [".next/BUILD_ID", ...Object.keys(entryPoints).map((name) => `dist/${name}.js`)];
  if (!existsSync(stamp) || made.some((path) => !existsSync(join(root, path)))) return "missing";
  return readFileSync(stamp, "utf8") === fingerprint() ? "fresh" : "outdated";
}

/** Says that the build was made of the sources with this fingerprint. */
export function writeStamp(value) {
  writeFileSync(stamp, value);
}

// Runs after `npm ci`: writes the typed Prisma client into prisma/generated.
// `prisma generate` insists on a schema engine that it would download from a host many networks block, and never
// starts it. Naming any existing file in this child process alone satisfies it; migrations do not use this variable.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
const { status, stderr } = spawnSync(process.execPath, [prisma, "generate", "--no-hints"], {
  stdio: ["ignore", "ignore", "pipe"],
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
});
if (status !== 0) process.stderr.write(stderr ?? "prisma generate could not be started\n");
process.exit(status ?? 1);

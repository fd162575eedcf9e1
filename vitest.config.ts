// Four test projects: `unit` and `alone` need nothing but Node, `integration` and `paced` need TEST_REDIS_URL and
// TEST_DATABASE_URL (`npm test` starts both services; so does
// `node scripts/with-services.mjs npx vitest run --project integration`).
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const folders = "{app,server,worker,embedded,lib,prisma,scripts,bench}";

/** Unit tests that need modules, or a process, of their own: they mock one, count from zero, bring another Yjs, or look
 * at how busy the event loop is. */
export const alone = [
  "bench/load/load.test.ts",
  "embedded/fuzz.test.ts",
  "lib/give-back.test.ts",
  "lib/metrics.test.ts",
  "worker/compaction.test.ts",
];

/** Integration tests that mostly wait: for leases, for a Redis that comes back, for processes. */
export const paced = [
  "embedded/*.integration.test.ts",
  "lib/channel-layer/*.integration.test.ts",
  "server/consumers.integration.test.ts",
  "worker/main.integration.test.ts",
];

export default defineConfig({
  test: {
    // Vitest leaves a core to itself, which is half of a small machine.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: "unit",
          include: [`${folders}/**/*.test.{ts,tsx}`],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**", ...alone],
          setupFiles: ["scripts/test-setup.ts"],
          testTimeout: 60_000,
          // Files share what they import: loading it for each anew took as long as all the tests.
          isolate: false,
        },
      },
      {
        test: {
          name: "alone",
          include: alone,
          exclude: ["**/node_modules/**"],
          setupFiles: ["scripts/test-setup.ts"],
          testTimeout: 60_000,
        },
      },
      ...["integration", "paced"].map((name) => ({
        test: {
          name,
          include: name === "paced" ? paced : [`${folders}/**/*.integration.test.ts`],
          exclude: name === "paced" ? [] : ["**/node_modules/**", ...paced],
          setupFiles: ["scripts/test-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      })),
    ],
  },
});

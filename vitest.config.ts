// Two test projects: `unit` needs nothing but Node, `integration` needs TEST_REDIS_URL and TEST_DATABASE_URL
// (`npm test` starts both services; so does `node scripts/with-services.mjs npx vitest run --project integration`).
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const folders = "{app,server,worker,embedded,lib,prisma,scripts,bench}";

export default defineConfig({
  test: {
    // Vitest leaves a core to itself, which is half of a small machine.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: "unit",
          include: [`${folders}/**/*.test.{ts,tsx}`],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
          setupFiles: ["scripts/test-setup.ts"],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "integration",
          include: [`${folders}/**/*.integration.test.ts`],
          setupFiles: ["scripts/test-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

// End-to-end tests in a real Chromium, and some in Firefox, against the production build (`npm run build` first; `npm
// test` does).
// They start the processes they need themselves: see e2e/fixtures.ts and e2e/faults/.
import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";
import { chromiumPath } from "./scripts/test-tools.mjs";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [["line"]],
  use: {
    ...devices["Desktop Chrome"],
    actionTimeout: 15_000,
    screenshot: "only-on-failure",
    // Tracing every test costs as much as the test. `--trace=on` for the one that fails.
    trace: "off",
    launchOptions: {
      executablePath: chromiumPath(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "e2e", testIgnore: ["faults/**", "firefox/**"] },
    {
      name: "firefox",
      testMatch: "firefox/**/*.spec.ts",
      use: {
        ...devices["Desktop Firefox"],
        channel: "moz-firefox",
        launchOptions: { executablePath: fileURLToPath(new URL("e2e/firefox/with-bidi.mjs", import.meta.url)) },
      },
    },
    { name: "faults", testMatch: "faults/**/*.spec.ts", testIgnore: "faults/silence.spec.ts" },
    // Waits for a minute, and so has company in `npm test`.
    { name: "silence", testMatch: "faults/silence.spec.ts" },
  ],
});

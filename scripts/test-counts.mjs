// Reads how many tests passed and failed out of what a test runner left. A skipped test counts as failed.
import { readFileSync } from "node:fs";

function read(report) {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return undefined;
  }
}

/** A command that is one check. */
export function countByExitCode(_report, code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, notes: [] };
}

/** vitest's JSON reporter. A file that could not be loaded counts as one failure. */
export function vitestCounts(report) {
  const result = read(report);
  if (!result) return { passed: 0, failed: 1, notes: ["no report"] };
  const broken = result.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const skipped = result.numPendingTests + result.numTodoTests;
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken + skipped,
    notes: [broken && `${broken} files broken`, skipped && `${skipped} skipped`].filter(Boolean),
  };
}

/** Playwright's JSON reporter. */
export function playwrightCounts(report) {
  const result = read(report);
  if (!result) return { passed: 0, failed: 1, notes: ["no report"] };
  const { expected, unexpected, flaky, skipped } = result.stats;
  return {
    passed: expected,
    failed: unexpected + flaky + skipped + result.errors.length,
    notes: [skipped && `${skipped} skipped or not run`].filter(Boolean),
  };
}

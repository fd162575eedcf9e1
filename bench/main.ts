// `npm run bench`: every target through every scenario, one after the other, then the report.
//   --only typing,rooms   --targets ours,hocuspocus-memory   --short   --tree <built tree>   --out <folder>
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startGenerator } from "./load/generator-process.ts";
import { scenarios } from "./scenarios/index.ts";
import type { Scenario, Stage } from "./scenarios/scenario.ts";
import { targets } from "./targets/index.ts";
import type { RunningTarget, Target } from "./targets/target.ts";

const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    targets: { type: "string" },
    short: { type: "boolean", default: false },
    tree: { type: "string", default: root },
    out: { type: "string", default: join(root, "bench/results") },
    "node-arguments": { type: "string", default: "" },
  },
});

function chosen<T extends { name: string }>(all: T[], wanted: string | undefined): T[] {
  if (!wanted) return all;
  return wanted.split(",").map((name) => {
    const found = all.find((one) => one.name === name);
    if (!found) throw new Error(`no "${name}"; there are: ${all.map((one) => one.name).join(", ")}`);
    return found;
  });
}

async function runOne(scenario: Scenario, target: Target): Promise<Record<string, unknown>> {
  const unfit = scenario.unfit?.(target);
  if (unfit) return { unfit };
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  // PostgreSQL runs as another user there.
  chmodSync(folder, 0o755);
  const generator = startGenerator();
  const running: RunningTarget[] = [];
  const stage: Stage = {
    target,
    generator,
    short: values.short,
    note: (text) => console.log(`    ${text}`),
    start: async (options) => {
      const nodeArguments = values["node-arguments"].split(" ").filter((word) => word !== "");
      const own = join(folder, String(running.length));
      mkdirSync(own);
      const started = await target.start({ folder: own, tree: resolve(values.tree), nodeArguments, ...options });
      let stopped: Promise<void> | undefined;
      const once: RunningTarget = {
        ...started,
        stop: () => {
          stopped ??= started.stop();
          return stopped;
        },
      };
      running.push(once);
      return once;
    },
  };
  try {
    return await scenario.run(stage);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    generator.stop();
    for (const one of running) await one.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
const started = new Date();
const results: Record<string, Record<string, unknown>> = {};
for (const scenario of chosen(scenarios, values.only)) {
  console.log(`\n${scenario.title}`);
  results[scenario.name] = {};
  for (const target of chosen(targets, values.targets)) {
    console.log(`  ${target.label}`);
    const figures = await runOne(scenario, target);
    (results[scenario.name] as Record<string, unknown>)[target.name] = figures;
    console.log(`    ${JSON.stringify(figures, (key, value) => (key === "steps" ? undefined : value))}`);
  }
}
mkdirSync(values.out, { recursive: true });
const file = join(values.out, `${started.toISOString().replaceAll(/[:.]/g, "-")}.json`);
const about = {
  commit: git("rev-parse", "--short", "HEAD"),
  started,
  seconds: Math.round((Date.now() - started.getTime()) / 1000),
  cores: cpus().length,
  cpu: cpus()[0]?.model,
  node: process.version,
  short: values.short,
};
writeFileSync(file, JSON.stringify({ about, results }, null, 2));
console.log(`\n${file}`);

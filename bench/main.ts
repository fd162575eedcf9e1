// `npm run bench`: every target through every scenario, one after the other, then the report.
//   --only typing,rooms   --targets ours,hocuspocus-memory   --short   --tree <built tree>   --out <folder>
//   --render <results>,<more results> measures nothing and writes the report   --docs <folder>
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startGenerator } from "./load/generator-process.ts";
import { render } from "./report/render.ts";
import { merge, type Results, type ScenarioFigures } from "./report/results.ts";
import { scenarios } from "./scenarios/index.ts";
import type { Scenario, Stage } from "./scenarios/scenario.ts";
import { endChildren } from "./targets/child.ts";
import { targets } from "./targets/index.ts";
import type { RunningTarget, Target } from "./targets/target.ts";

const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    targets: { type: "string" },
    render: { type: "string" },
    docs: { type: "string", default: join(root, "docs") },
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

async function runOne(scenario: Scenario, target: Target): Promise<ScenarioFigures> {
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
    // What a failed start left behind.
    await endChildren();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function commit(): string {
  const { stdout } = spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" });
  return stdout?.trim() || "unknown";
}

/** Runs what was asked for; `keep` gets what there is after every scenario, so that a run that is ended leaves something. */
async function runAll(keep: (results: Results) => void): Promise<Results> {
  const started = new Date();
  const chosenTargets = chosen(targets, values.targets);
  const found: Results = {
    about: {
      commit: commit(),
      started: started.toISOString(),
      seconds: 0,
      cores: cpus().length,
      cpu: cpus()[0]?.model ?? "unknown",
      node: process.version,
      short: values.short,
      targets: chosenTargets.map(({ name, label }) => ({ name, label })),
    },
    results: {},
  };
  for (const scenario of chosen(scenarios, values.only)) {
    console.log(`\n${scenario.title}`);
    const figures: Record<string, ScenarioFigures> = {};
    found.results[scenario.name] = figures;
    for (const target of chosenTargets) {
      const before = Date.now();
      const result = await runOne(scenario, target);
      figures[target.name] = result;
      found.about.seconds = Math.round((Date.now() - started.getTime()) / 1000);
      console.log(`  ${target.label} (${Math.round((Date.now() - before) / 1000)} s)`);
      console.log(
        `    ${JSON.stringify(result, (key, value) => (key === "steps" || key === "all" ? undefined : value))}`,
      );
    }
    keep(found);
  }
  return found;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, async () => {
    await endChildren();
    process.exit(130);
  });
}
if (values.render) {
  const files = values.render.split(",").map((file) => JSON.parse(readFileSync(file, "utf8")) as Results);
  render(merge(files), values.docs);
} else {
  mkdirSync(values.out, { recursive: true });
  const file = join(values.out, `${new Date().toISOString().replaceAll(/[:.]/g, "-")}.json`);
  const found = await runAll((results) => writeFileSync(file, JSON.stringify(results, null, 2)));
  console.log(`\n${file}, after ${found.about.seconds} s`);
  // Parts and first looks do not replace what a whole run has found.
  if (!values.only && !values.targets && !values.short) render(found, values.docs);
}

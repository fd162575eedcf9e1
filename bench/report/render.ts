// Writes what a run found into docs/performance.md, between two marks (the rest of the page is written by people), and
// the plots into docs/performance/.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Results } from "./results.ts";
import { bars, lines, type Plot, type Series } from "./svg.ts";
import { table } from "./table.ts";

const BEGIN = "<!-- written by npm run bench -->";
const END = "<!-- end of what npm run bench wrote -->";

/** `docs` is the folder that holds performance.md. */
export function render(results: Results, docs: string): void {
  const folder = join(docs, "performance");
  mkdirSync(folder, { recursive: true });
  const images: string[] = [];
  for (const [name, title, svg] of plots(results)) {
    writeFileSync(join(folder, `${name}.svg`), svg);
    images.push(`![${title}](performance/${name}.svg)`);
  }
  const section = [BEGIN, about(results), table(results), growth(results), ...images, END].filter(Boolean).join("\n\n");
  const path = join(docs, "performance.md");
  const page = existsSync(path) ? readFileSync(path, "utf8") : `# Performance\n\n${BEGIN}\n${END}\n`;
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end === -1) throw new Error(`${path} has no place for the figures: ${BEGIN} … ${END}`);
  writeFileSync(path, page.slice(0, begin) + section + page.slice(end + END.length));
}

function about({ about: { commit, started, seconds, cores, cpu, node, short }, results }: Results): string {
  const source = Object.values(results.join ?? {}).find((figures) => figures.source)?.source;
  return [
    `Commit ${commit}, ${String(started).slice(0, 10)}, ${cores} cores (${cpu}) shared by servers, databases and the load`,
    `generator, Node ${node}, ${Math.round(seconds / 60)} minutes${short ? ", short runs" : ""}.`,
    source ? `The long document: ${source}.` : "",
  ].join(" ");
}

function growth({ results }: Results): string {
  const steps = (results.growth?.ours?.steps ?? []).toSorted((a, b) => (a.processes ?? 0) - (b.processes ?? 0));
  const alone = steps.filter(({ processes }) => processes === 1).map(({ rooms }) => rooms ?? 0);
  if (alone.length === 0) return "";
  const [each, all] = [Math.min(...alone), Math.max(...alone)];
  const head = ["servers and workers, each", "rooms of 4", "CPU per 1,000 updates", "p99"];
  const more = ["of a core while nobody types", "of a core for the load generator"];
  const rowsOf = (wanted: (step: (typeof steps)[number]) => boolean) => {
    const chosen = steps.filter(wanted);
    const first = chosen[0]?.cpuPerThousand ?? Number.NaN;
    return chosen.map((step, index) => {
      const change = index === 0 ? "" : ` (${signed((step.cpuPerThousand / first - 1) * 100)} %)`;
      const where = step.together === false ? ", the people of a room spread over them" : "";
      const cells = [`${step.processes}${where}`, step.rooms, `${step.cpuPerThousand.toFixed(2)} s${change}`];
      const shares = [step.idle ?? 0, step.busy].map((share) => `${(share * 100).toFixed(0)} %`);
      return `| ${[...cells, `${step.latency.p99.toFixed(0)} ms`, ...shares].join(" | ")} |`;
    });
  };
  const table = (rows: string[]) =>
    [`| ${[...head, ...more].join(" | ")} |`, "|---|---|---|---|---|---|", ...rows].join("\n");
  return [
    `More servers and workers, as many rooms for each (goal: flat within 15 %):`,
    table(rowsOf(({ rooms, processes = 0, together }) => together === true && rooms === each * processes)),
    `The same rooms divided among more of them:`,
    table(rowsOf(({ rooms }) => rooms === all)),
  ].join("\n\n");
}

const signed = (percent: number) => `${percent > 0 ? "+" : ""}${percent.toFixed(0)}`;

function plots({ about: { targets }, results }: Results): [name: string, title: string, svg: string][] {
  const made: [string, string, string][] = [];
  const add = (name: string, plot: Plot, kind: (plot: Plot) => string) => {
    const series = plot.series.filter(({ points }) => points.length > 0);
    if (series.length > 0) made.push([name, plot.title, kind({ ...plot, series })]);
  };
  type Step = NonNullable<Results["results"][string][string]["steps"]>[number];
  const bySteps = (value: (step: Step) => number): Series[] =>
    targets.map(({ name, label }, colour) => ({
      label,
      colour,
      points: (results.rooms?.[name]?.steps ?? []).map((step) => ({ x: step.rooms ?? 0, y: value(step) })),
    }));
  const byTarget = (scenario: string, value: (figures: Results["results"][string][string]) => unknown): Series[] =>
    targets.map(({ name, label }, colour) => {
      const figures = results[scenario]?.[name];
      const y = figures && !figures.broken ? value(figures) : undefined;
      return { label, colour, points: typeof y === "number" ? [{ x: 0, y }] : [] };
    });
  const rooms = "rooms of 4 people, 5 updates/s each";
  const latency = bySteps((step) => step.latency.p99);
  add("rooms", { title: "Latency with many rooms", x: rooms, y: "p99, ms", limit: 100, series: latency }, lines);
  const cost = bySteps((step) => step.cpuPerThousand);
  add("cost", { title: "What an update costs", x: rooms, y: "CPU s per 1,000 updates", series: cost }, lines);
  const big = byTarget("big-room", (figures) => figures.latency?.p99);
  add("big-room", { title: "One room of 250 people", x: "without those that break", y: "p99, ms", series: big }, bars);
  const storm = byTarget("storm", (figures) => figures.latency?.p99);
  add("storm", { title: "75 cursors", x: "without those that break", y: "p99, ms", series: storm }, bars);
  const herd = byTarget("join", (figures) => figures.herd);
  add(
    "herd",
    { title: "100 people open a long document at once", x: "", y: "ms until the last is synced", series: herd },
    bars,
  );
  return made;
}

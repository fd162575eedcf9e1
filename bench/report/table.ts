// The figures of a run as a table: a row for each question, a column for each target. What was not carried says why.
import type { Results, ScenarioFigures } from "./results.ts";

interface Row {
  label: string;
  scenario: string;
  /** What this project set out for, at least and as its aim. */
  least: string;
  aim: string;
  cell(figures: ScenarioFigures): string;
}

const ms = (value: unknown) => {
  if (typeof value !== "number") return "–";
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
};
const seconds = (value: unknown) => (typeof value === "number" ? `${value.toFixed(2)} s` : "–");
const bytes = (value: unknown) =>
  typeof value !== "number" ? "–" : value < 10_000 ? `${Math.round(value)} B` : `${Math.round(value / 1000)} kB`;

const share = (value: unknown) => (typeof value === "number" ? `${Math.round(value * 100)} % of a core` : "–");

/** What the load generator itself used: near a whole core, it is what was measured. */
function generator(scenario: string, busy: Row["cell"] = (figures) => share(figures.busy)): Row {
  return { label: "the same: load generator", scenario, least: "", aim: "", cell: busy };
}

function carried(figures: ScenarioFigures, quantile: "p50" | "p99"): string {
  const value = ms(figures.latency?.[quantile]);
  return figures.broken ? `breaks: ${figures.broken}` : value;
}

const rows: Row[] = [
  {
    ...{ label: "typing, 2 clients in one room, 10/s each: p50", scenario: "typing", least: "≤ 4 ms", aim: "≤ 2.5 ms" },
    cell: (figures) => carried(figures, "p50"),
  },
  {
    ...{ label: "the same: p99", scenario: "typing", least: "", aim: "" },
    cell: (figures) => carried(figures, "p99"),
  },
  {
    ...{ label: "the same: until it is committed, p50", scenario: "typing", least: "", aim: "" },
    cell: (figures) => (figures.saved?.count ? ms(figures.saved.p50) : "not said"),
  },
  {
    ...{ label: "one room of 250, 5/s each (311,000 deliveries/s): p99", scenario: "big-room" },
    ...{ least: "≤ 30 ms", aim: "≤ 15 ms" },
    cell: (figures) => carried(figures, "p99"),
  },
  generator("big-room"),
  {
    ...{ label: "rooms of 4, 5/s each: most with p99 < 100 ms", scenario: "rooms", least: "300", aim: "400" },
    cell: ({ most, updatesPerSecond, steps }) => {
      const more = steps?.every(({ broken }) => !broken) ? " or more" : "";
      return most ? `${most}${more} (${updatesPerSecond?.toLocaleString("en")} updates/s)` : "under 50";
    },
  },
  {
    ...{
      label: "CPU per 1,000 updates at 100 × 4, all processes",
      scenario: "rooms",
      least: "≤ 0.45 s",
      aim: "≤ 0.25 s",
    },
    cell: ({ cpuAt100 }) => seconds(cpuAt100),
  },
  {
    ...{ label: "the same at 200 × 4", scenario: "rooms", least: "≤ 0.30 s", aim: "≤ 0.18 s" },
    cell: ({ cpuAt200, steps }) =>
      seconds(cpuAt200) + (steps?.find(({ rooms }) => rooms === 200)?.broken ? " (not carried)" : ""),
  },
  generator("rooms", ({ steps }) => share(steps?.find(({ rooms }) => rooms === 200)?.busy)),
  {
    ...{ label: "cursor storm of 75 people, 20/s each: p99", scenario: "storm", least: "≤ 12 ms", aim: "≤ 5 ms" },
    cell: (figures) => carried(figures, "p99"),
  },
  generator("storm"),
  {
    ...{ label: "join a document of 260,000 edits, warm", scenario: "join", least: "≤ 6 ms", aim: "≤ 3 ms" },
    cell: ({ warm }) => ms(warm),
  },
  {
    ...{ label: "the same, cold", scenario: "join", least: "≤ 100 ms", aim: "≤ 60 ms" },
    cell: ({ cold }) => ms(cold),
  },
  {
    ...{ label: "100 join it at once: until the last is synced", scenario: "join", least: "≤ 350 ms", aim: "≤ 200 ms" },
    cell: ({ herd }) => ms(herd),
  },
  {
    ...{
      label: "memory per idle room with one connection, all processes",
      scenario: "idle",
      least: "≤ 60 kB",
      aim: "≤ 30 kB",
    },
    cell: ({ perRoom }) => bytes(perRoom),
  },
  {
    ...{ label: "given back when everybody has left", scenario: "idle", least: "given back", aim: "" },
    cell: ({ givenBack }) =>
      typeof givenBack === "number" ? `${Math.round(Math.min(1, Math.max(0, givenBack)) * 100)} %` : "–",
  },
  {
    ...{ label: "SIGKILL while two people type: edits lost that the other had received", scenario: "crash" },
    ...{ least: "0", aim: "0" },
    cell: ({ lost, seen }) => (seen ? `${lost} of ${seen}` : "–"),
  },
  {
    ...{
      label: "bytes of content written per edit in a 240 kB document",
      scenario: "storage",
      least: "300",
      aim: "150",
    },
    cell: ({ perEdit, log, documentBytes }) =>
      bytes(perEdit) + (log === 0 ? ` here: all ${bytes(documentBytes)} at every save` : ""),
  },
  {
    ...{ label: "the same, as the database's write-ahead log", scenario: "storage", least: "", aim: "" },
    cell: ({ disk }) => bytes(disk),
  },
];

/** Markdown. */
export function table({ about, results }: Results): string {
  const { targets } = about;
  const head = ["", ...targets.map(({ label }) => label), "ours, at least", "aim"];
  const body = rows
    .filter(({ scenario }) => results[scenario])
    .map(({ label, scenario, least, aim, cell }) => [
      label,
      ...targets.map(({ name }) => {
        const figures = results[scenario]?.[name];
        if (!figures) return "–";
        return figures.unfit
          ? String(figures.unfit)
          : figures.error
            ? `failed: ${figures.error.split("\n")[0]}`
            : cell(figures);
      }),
      least,
      aim,
    ]);
  return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

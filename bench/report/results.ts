// The shape of a results file: what main.ts writes and the report reads.
import type { Summary } from "../load/histogram.ts";

export interface About {
  commit: string;
  started: string;
  seconds: number;
  cores: number;
  cpu: string;
  node: string;
  short: boolean;
  targets: { name: string; label: string }[];
}

/** What any scenario may say; each says some of it. */
export interface ScenarioFigures {
  unfit?: string;
  error?: string;
  broken?: string | null;
  latency?: Summary;
  saved?: Summary;
  busy?: number;
  steps?: {
    rooms?: number;
    processes?: number;
    together?: boolean;
    latency: Summary;
    cpuPerThousand: number;
    /** Of a core, the load generator. */
    busy: number;
    idle?: number;
    broken: string | null;
  }[];
  most?: number;
  updatesPerSecond?: number;
  cpuAt100?: number | null;
  cpuAt200?: number | null;
  warm?: number;
  cold?: number | null;
  herd?: number;
  source?: string;
  perRoom?: number;
  givenBack?: number;
  seen?: number;
  lost?: number;
  perEdit?: number;
  log?: number;
  documentBytes?: number;
  disk?: number | null;
}

/** Figures by scenario and target. */
export interface Results {
  about: About;
  results: Record<string, Record<string, ScenarioFigures>>;
}

/** One out of several, later ones over earlier ones. */
export function merge(all: Results[]): Results {
  const [first, ...rest] = all;
  if (!first) throw new Error("no results");
  const merged = structuredClone(first);
  for (const { about, results } of rest) {
    const known = merged.about.targets;
    const targets = [...known, ...about.targets.filter(({ name }) => !known.some((one) => one.name === name))];
    const seconds = merged.about.seconds + about.seconds;
    const commits = [...new Set([...merged.about.commit.split(", "), about.commit])].join(", ");
    merged.about = { ...about, targets, seconds, commit: commits };
    for (const [scenario, figures] of Object.entries(results)) {
      merged.results[scenario] = { ...merged.results[scenario], ...figures };
    }
  }
  return merged;
}

// What a scenario is: something that is done to a target, and the figures that come of it.
import type { Generator } from "../load/generator-process.ts";
import type { RunningTarget, StartOptions, Target } from "../targets/target.ts";

export interface Stage {
  target: Target;
  /** Starts the target afresh; it is stopped when the scenario ends. */
  start(options?: Partial<StartOptions>): Promise<RunningTarget>;
  generator: Generator;
  /** Shorter runs for a first look. */
  short: boolean;
  /** Says on the terminal what is being done. */
  note(text: string): void;
}

/** A number with its unit's meaning in the name, a remark, or whatever belongs into the results file. */
export type Figures = Record<string, unknown>;

export interface Scenario {
  name: string;
  title: string;
  /** Whether the target has anything to show here; the reason if not. */
  unfit?(target: Target): string | null;
  run(stage: Stage): Promise<Figures>;
}

// The list of targets. To add one: a file beside this one, and a line here.
import { ours } from "./ours.ts";
import type { Target } from "./target.ts";

export const targets: Target[] = [ours];

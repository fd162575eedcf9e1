// The list of gates, asked in this order. To add one: a file beside this one, and a line here.
import { documents } from "./documents.ts";
import type { Gate } from "./gate.ts";
import { hocuspocus } from "./hocuspocus.ts";

export const gates: Gate[] = [hocuspocus, documents];

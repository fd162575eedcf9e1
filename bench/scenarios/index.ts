// The list of scenarios, in the order in which they run. To add one: a file beside this one, and a line here.
import { bigRoom } from "./big-room.ts";
import { rooms } from "./rooms.ts";
import type { Scenario } from "./scenario.ts";
import { typing } from "./typing.ts";

export const scenarios: Scenario[] = [typing, bigRoom, rooms];

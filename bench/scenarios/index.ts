// The list of scenarios, in the order in which they run. To add one: a file beside this one, and a line here.
import { bigRoom } from "./big-room.ts";
import { crash } from "./crash.ts";
import { growth } from "./growth.ts";
import { idle } from "./idle.ts";
import { join } from "./join.ts";
import { rooms } from "./rooms.ts";
import type { Scenario } from "./scenario.ts";
import { storage } from "./storage.ts";
import { storm } from "./storm.ts";
import { typing } from "./typing.ts";

export const scenarios: Scenario[] = [typing, bigRoom, rooms, storm, join, idle, crash, storage, growth];

// 75 people move their cursors 20 times a second, all in one room: 111,000 deliveries a second if nothing is merged.
// A newer position of a cursor stands for the ones before it.
import { measure, unfitForLoad, whyBroken } from "./act.ts";
import type { Scenario } from "./scenario.ts";

const PEOPLE = 75;

export const storm: Scenario = {
  name: "storm",
  title: `Cursor storm of ${PEOPLE} people, 20/s each`,
  unfit: unfitForLoad,
  run: async ({ start, generator, short }) => {
    const running = await start();
    const [room = ""] = await running.makeRooms(1);
    const seats = Array.from({ length: PEOPLE }, (_, index) => running.seat(room, index));
    await generator.call("open", { rooms: [seats] });
    const result = await measure(generator, running, { what: "point", rate: 20, seconds: short ? 4 : 8, warmUp: 3 });
    return { ...result, broken: whyBroken(result, 100) };
  },
};

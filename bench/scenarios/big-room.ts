// One room of 250 people who all write: 311,000 deliveries a second.
import { measure, unfitForLoad, whyBroken } from "./act.ts";
import type { Scenario } from "./scenario.ts";

const PEOPLE = 250;

export const bigRoom: Scenario = {
  name: "big-room",
  title: `One room of ${PEOPLE}, 5 updates/s each`,
  unfit: unfitForLoad,
  run: async ({ start, generator, short }) => {
    const running = await start();
    const [room = ""] = await running.makeRooms(1);
    const seats = Array.from({ length: PEOPLE }, (_, index) => running.seat(room, index));
    await generator.call("open", { rooms: [seats] });
    const result = await measure(generator, running, {
      what: "type",
      rate: 5,
      seconds: short ? 4 : 8,
      warmUp: short ? 2 : 8,
    });
    return { ...result, broken: whyBroken(result, 100) };
  },
};

// Two people in one room, ten characters a second each: what one notices when writing together.
import { measure, whyBroken } from "./act.ts";
import type { Scenario } from "./scenario.ts";

export const typing: Scenario = {
  name: "typing",
  title: "Typing, 2 clients in one room, 10/s each",
  run: async ({ start, generator, short }) => {
    const running = await start();
    const [room = ""] = await running.makeRooms(1);
    await generator.call("open", { rooms: [[running.seat(room, 0, true), running.seat(room, 1, true)]] });
    const result = await measure(generator, running, { what: "type", rate: 10, seconds: short ? 5 : 12, warmUp: 3 });
    return { ...result, broken: whyBroken(result, 100) };
  },
};

// What a room costs in which nothing happens, one person in each, and whether the memory comes back when they leave.
import { memoryBytes } from "../measure/processes.ts";
import { unfitForLoad } from "./act.ts";
import { pause } from "./pause.ts";
import type { Scenario } from "./scenario.ts";

export const idle: Scenario = {
  name: "idle",
  title: "Memory of an idle room with one connection",
  unfit: unfitForLoad,
  run: async ({ start, generator, short, note }) => {
    const rooms = short ? 500 : 1000;
    const running = await start({ removeRoomDelay: 2_000 });
    const memory = () => memoryBytes(Object.values(running.parts()).flat());
    const open = async (count: number) => {
      const names = await running.makeRooms(count);
      await generator.call("open", { rooms: names.map((name) => [running.seat(name, 0)]) });
    };
    /** The least within so many seconds: what a start and a crowd leave behind is collected while nothing happens. */
    const settled = async (seconds: number) => {
      let least = memory();
      for (let i = 0; i < seconds; i++) {
        await pause(1_000);
        least = Math.min(least, memory());
      }
      return least;
    };
    // Code is compiled and pools are filled by the first rooms; that is not what a room costs.
    await open(200);
    await pause(5_000);
    await generator.call("close", true);
    const before = await settled(short ? 6 : 10);
    await open(rooms);
    const full = await settled(6);
    await generator.call("close", true);
    const after = await settled(short ? 6 : 12);
    note(`before ${mb(before)}, with ${rooms} rooms ${mb(full)}, afterwards ${mb(after)} MB`);
    return {
      rooms,
      before,
      full,
      after,
      perRoom: (full - before) / rooms,
      givenBack: (full - after) / (full - before),
    };
  },
};

const mb = (bytes: number) => (bytes / 1e6).toFixed(1);

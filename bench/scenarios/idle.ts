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
    // Code is compiled and pools are filled by the first rooms; that is not what a room costs.
    await open(200);
    await generator.call("close", true);
    await pause(short ? 3_000 : 5_000);
    const before = memory();
    await open(rooms);
    await pause(3_000);
    const full = memory();
    await generator.call("close", true);
    let after = memory();
    for (let i = 0; i < (short ? 6 : 12); i++) {
      await pause(1_000);
      after = Math.min(after, memory());
    }
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

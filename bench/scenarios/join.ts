// Opening a document with 260,000 edits of history: while others are in it (warm), after it was taken out of memory
// (cold), and a hundred people at once.
import { history } from "../load/history.ts";
import { pause } from "./pause.ts";
import type { Scenario } from "./scenario.ts";

const HERD = 100;
/** Joins that are not counted: a program that has just started runs in slow code, and warm is not only the document. */
const WARM_UP = 20;
/** Longer than any target here takes to unload an empty room. */
const UNTIL_UNLOADED = 3_000;

export const join: Scenario = {
  name: "join",
  title: "Join a document with a long history",
  run: async ({ target, start, generator, short }) => {
    const { edits, update, textLength, source } = history();
    const running = await start({ removeRoomDelay: 500, stored: true });
    const [room = ""] = await running.makeRooms(1);
    const seat = running.seat(room, 0);
    // Somebody stays in the room for now: not every target keeps a document that nobody is in.
    await generator.call("open", { rooms: [[seat]] });
    await generator.call("fill", { seat, update });

    const joins = async (count: number) => {
      const { synced, ...joined } = await generator.call("join", { seats: Array.from({ length: count }, () => seat) });
      if (joined.textLength !== textLength) throw new Error(`${joined.textLength} of ${textLength} characters arrived`);
      return synced;
    };
    const warm: number[] = [];
    for (let i = 0; i < WARM_UP; i++) await joins(1);
    for (let i = 0; i < (short ? 11 : 61); i++) warm.push(...(await joins(1)));
    const herds: number[] = [];
    for (let i = 0; i < (short ? 2 : 4); i++) {
      herds.push(Math.max(...(await joins(HERD))));
      await pause(500);
    }
    await generator.call("close", true);
    const cold: number[] = [];
    if (target.unloads && target.crashes.length > 0) {
      for (let i = 0; i < (short ? 2 : 5); i++) {
        await pause(UNTIL_UNLOADED);
        cold.push(...(await joins(1)));
      }
    }
    return {
      ...{ edits, source, bytes: update.length },
      ...{ warm: median(warm), cold: cold.length > 0 ? median(cold) : null, herd: median(herds) },
      all: { warm, cold, herds },
    };
  },
};

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

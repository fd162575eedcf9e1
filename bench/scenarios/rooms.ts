// More and more rooms of four people until somebody waits for 100 ms; on the way, what an update costs.
import { type Measured, measure, unfitForLoad, whyBroken } from "./act.ts";
import type { Scenario } from "./scenario.ts";

const STEPS = [50, 100, 150, 200, 300, 400];
const PEOPLE = 4;
/** ms */
const LIMIT = 100;

export const rooms: Scenario = {
  name: "rooms",
  title: "Rooms of 4, 5 updates/s each",
  unfit: unfitForLoad,
  run: async ({ start, generator, short, note }) => {
    const running = await start();
    const steps: (Measured & { rooms: number; broken: string | null })[] = [];
    let open = 0;
    for (const wanted of STEPS) {
      const names = await running.makeRooms(wanted - open);
      await generator.call("open", {
        rooms: names.map((room) => Array.from({ length: PEOPLE }, (_, index) => running.seat(room, index))),
      });
      open = wanted;
      const act = { what: "type", rate: 5, seconds: short ? 3 : 5, warmUp: short ? 1 : 4 } as const;
      let result = await measure(generator, running, act);
      // One hiccup of the machine is no limit of the target.
      if (whyBroken(result, LIMIT)) result = await measure(generator, running, act);
      const broken = whyBroken(result, LIMIT);
      steps.push({ ...result, rooms: wanted, broken });
      note(describe(wanted, result, broken));
      // The cost of an update is asked for at 200 rooms, carried or not.
      if (broken && wanted >= 200) break;
    }
    const first = steps.findIndex(({ broken }) => broken !== null);
    const most = steps.at(first === -1 ? -1 : first - 1);
    const carried = first === 0 ? 0 : (most?.rooms ?? 0);
    const cpuAt = (wanted: number) => steps.find((step) => step.rooms === wanted)?.cpuPerThousand ?? null;
    return {
      most: carried,
      updatesPerSecond: carried * PEOPLE * 5,
      cpuAt100: cpuAt(100),
      cpuAt200: cpuAt(200),
      steps,
    };
  },
};

function describe(wanted: number, { latency, cpuPerThousand, busy }: Measured, broken: string | null): string {
  const figures = [
    `p50 ${latency.p50.toFixed(1)}, p99 ${latency.p99.toFixed(1)} ms`,
    `${cpuPerThousand.toFixed(2)} CPU s per 1,000`,
    `generator ${Math.round(busy * 100)} % busy`,
  ];
  return `${wanted} rooms: ${figures.join(", ")}${broken ? `, broken: ${broken}` : ""}`;
}

// The same load on one, two and four servers and workers: the work must divide, not multiply. On a machine with few
// cores this says nothing about speed, only about what an update costs.
import { cpuByPart } from "../measure/processes.ts";
import { type Measured, measure, whyBroken } from "./act.ts";
import type { Scenario, Stage } from "./scenario.ts";

const ROOMS = 100;
const PEOPLE = 4;

export const growth: Scenario = {
  name: "growth",
  title: `${ROOMS} rooms of ${PEOPLE}, 5 updates/s each, on 1, 2 and 4 servers and workers`,
  unfit: (target) => (target.name === "ours" ? null : "has one server"),
  run: async (stage) => {
    const steps: Step[] = [];
    for (const processes of [1, 2, 4]) steps.push(await step(stage, processes, true));
    for (const processes of [2, 4]) steps.push(await step(stage, processes, false));
    const first = steps[0]?.cpuPerThousand ?? Number.NaN;
    return { steps, growth: steps.map(({ cpuPerThousand }) => cpuPerThousand / first - 1) };
  },
};

interface Step extends Measured {
  processes: number;
  /** The people of a room are on one server, as a proxy does that hashes the address; otherwise on as many as can be. */
  together: boolean;
  idle: number;
  broken: string | null;
}

async function step({ start, generator, short, note }: Stage, processes: number, together: boolean): Promise<Step> {
  const running = await start({ servers: processes, workers: processes });
  const names = await running.makeRooms(ROOMS);
  await generator.call("open", {
    rooms: names.map((room, number) => {
      return Array.from({ length: PEOPLE }, (_, index) => running.seat(room, together ? number : index));
    }),
  });
  const idle = await cpuWhileIdle(running.parts());
  const act = { what: "type", rate: 5, seconds: short ? 5 : 10, warmUp: 3 } as const;
  const result = await measure(generator, running, act);
  await generator.call("close", true);
  await running.stop();
  const cpu = result.cpuPerThousand.toFixed(2);
  note(
    `${processes}${together ? "" : ", people of a room spread"}: ${cpu} CPU s per 1,000, p99 ${result.latency.p99.toFixed(1)} ms, ${idle.toFixed(3)} CPU s/s idle`,
  );
  return { ...result, processes, together, idle, broken: whyBroken(result, 100) };
}

/** CPU seconds a second with everybody connected and nobody typing. */
async function cpuWhileIdle(parts: Record<string, number[]>): Promise<number> {
  const total = () => Object.values(cpuByPart(parts)).reduce((sum, cpu) => sum + cpu, 0);
  const before = total();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  return (total() - before) / 3;
}

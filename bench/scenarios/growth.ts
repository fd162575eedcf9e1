// What an update costs on one, two and four servers and workers: the work must divide, not multiply. On a machine with
// few cores this says nothing about speed. Asked in two ways: with as many people for each of them, and with the same
// people divided among more. In the second each process has less to do, and every wake-up of one serves fewer updates.
import { cpuByPart } from "../measure/processes.ts";
import { type Measured, measure, whyBroken } from "./act.ts";
import type { Scenario, Stage } from "./scenario.ts";

const PEOPLE = 4;
/** Rooms for each server, and rooms for all. */
const EACH = 25;
const ALL = 100;
/** Seconds of warm-up for each `EACH` rooms that a server has: as many updates for every process, until it is compiled. */
const WARM_UP = 20;

interface Plan {
  processes: number;
  rooms: number;
  /** The people of a room are on one server, as a proxy does that hashes the address; otherwise on as many as can be. */
  together: boolean;
}

export const growth: Scenario = {
  name: "growth",
  title: `Rooms of ${PEOPLE}, 5 updates/s each, on 1, 2 and 4 servers and workers`,
  unfit: (target) => (target.name === "ours" ? null : "has one server"),
  run: async (stage) => {
    const each = [1, 2, 4].map((processes) => ({ processes, rooms: EACH * processes, together: true }));
    const divided = [1, 2].map((processes) => ({ processes, rooms: ALL, together: true }));
    const steps: Step[] = [];
    for (const plan of [...each, ...divided, { processes: 4, rooms: ALL, together: false }]) {
      steps.push(await step(stage, plan));
    }
    return { steps };
  },
};

interface Step extends Measured, Plan {
  idle: number;
  broken: string | null;
}

async function step({ start, generator, short, note }: Stage, plan: Plan): Promise<Step> {
  const { processes, rooms, together } = plan;
  const running = await start({ servers: processes, workers: processes });
  const names = await running.makeRooms(rooms);
  await generator.call("open", {
    rooms: names.map((room, number) => {
      return Array.from({ length: PEOPLE }, (_, index) => running.seat(room, together ? number : index));
    }),
  });
  const idle = await cpuWhileIdle(running.parts());
  const warmUp = short ? 3 : Math.ceil((WARM_UP * EACH * processes) / rooms);
  const result = await measure(generator, running, { what: "type", rate: 5, seconds: short ? 5 : 10, warmUp });
  await generator.call("close", true);
  await running.stop();
  const where = `${processes}, ${rooms} rooms${together ? "" : ", people of a room spread"}`;
  const parts = Object.entries(result.cpuByPart).map(([part, cpu]) => `${part} ${cpu.toFixed(2)}`);
  note(
    `${where}: ${result.cpuPerThousand.toFixed(2)} CPU s per 1,000 (${parts.join(", ")}), p99 ${result.latency.p99.toFixed(1)} ms, ${idle.toFixed(3)} CPU s/s idle`,
  );
  return { ...result, ...plan, idle, broken: whyBroken(result, 100) };
}

/** CPU seconds a second with everybody connected and nobody typing. */
async function cpuWhileIdle(parts: Record<string, number[]>): Promise<number> {
  const total = () => Object.values(cpuByPart(parts)).reduce((sum, cpu) => sum + cpu, 0);
  const before = total();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  return (total() - before) / 3;
}

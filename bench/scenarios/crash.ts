// Two people type, then something is killed by SIGKILL and both browsers are gone in the same moment. What one had
// received from the other must be there for the next person who opens the document.
import type { Joined } from "../load/joiners.ts";
import type { Seat } from "../load/member.ts";
import { pause } from "./pause.ts";
import type { Scenario, Stage } from "./scenario.ts";

const KILLS = 5;
/** ms in which a fresh client must see everything, from when the target can be connected to. */
const PATIENCE = 5_000;

export const crash: Scenario = {
  name: "crash",
  title: `SIGKILL while two people type, ${KILLS} kills`,
  unfit: (target) => (target.crashes.length === 0 ? "stores nothing" : null),
  run: async ({ target, start, generator, short, note }) => {
    const running = await start({ stored: true });
    const kills: { killed: string; seen: number; lost: number; back: number }[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const killed = target.crashes[kill % target.crashes.length] as string;
      const [room = ""] = await running.makeRooms(1);
      await generator.call("open", { rooms: [[running.seat(room, 0), running.seat(room, 1)]] });
      // Not always at the same place in a store's rhythm of saving.
      const seconds = short ? 2 + kill / 2 : 6 + kill * 1.5;
      const typing = generator.call("act", { what: "type", rate: 10, seconds: seconds + 1, patience: 0 });
      await pause(seconds * 1000 + kill * 37);
      const [, seen] = await Promise.all([running.kill(killed), generator.call("cut")]);
      await typing;
      const from = performance.now();
      await running.restart();
      const { lost, took } = await lostOf(generator, () => running.seat(room, 0), seen);
      const count = seen.reduce((sum, one) => sum + one.seen, 0);
      kills.push({ killed, seen: count, lost, back: took - from });
      note(`${killed} killed: ${count} edits seen by the other, ${lost} lost`);
    }
    const total = (key: "seen" | "lost") => kills.reduce((sum, one) => sum + one[key], 0);
    return { kills, seen: total("seen"), lost: total("lost") };
  },
};

/** Joins until nothing is missing or the patience is over. */
async function lostOf(
  generator: Stage["generator"],
  seat: () => Seat,
  seen: { client: number; seen: number }[],
): Promise<{ lost: number; took: number }> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const joined: Joined | null = await generator
      .call("join", { seats: [seat()], patience: PATIENCE })
      .catch(() => null);
    const there = (client: number) => joined?.clocks.get(client) ?? 0;
    const lost = seen.reduce((sum, one) => sum + Math.max(0, one.seen - there(one.client)), 0);
    if (lost === 0 || performance.now() > deadline) return { lost, took: performance.now() };
    await pause(250);
  }
}

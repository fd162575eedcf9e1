// Two people type into a document of 240 kB: how many bytes go to storage for each of their edits.
import { history } from "../load/history.ts";
import { pause } from "./pause.ts";
import type { Scenario } from "./scenario.ts";

/** ms after the last edit in which every target here has saved. */
const UNTIL_SAVED = 4_000;

export const storage: Scenario = {
  name: "storage",
  title: "Bytes written to storage per edit in a document with a long history",
  unfit: (target) => (target.crashes.length === 0 ? "stores nothing" : null),
  run: async ({ start, generator, short }) => {
    const { update, source } = history();
    const running = await start({ stored: true });
    const [room = ""] = await running.makeRooms(1);
    await generator.call("fill", { seat: running.seat(room, 0), update });
    await generator.call("open", { rooms: [[running.seat(room, 0), running.seat(room, 1)]] });
    await pause(UNTIL_SAVED);
    const written = async () => (await running.written?.()) ?? { log: 0, snapshots: 0, disk: null };
    const before = await written();
    // Long enough for the log to be compacted, where there is one: what that costs belongs to the edits.
    const { sent } = await generator.call("act", { what: "type", rate: 20, seconds: short ? 10 : 26 });
    await pause(UNTIL_SAVED);
    const after = await written();
    const log = (after.log - before.log) / sent;
    const snapshots = (after.snapshots - before.snapshots) / sent;
    const disk = after.disk === null || before.disk === null ? null : (after.disk - before.disk) / sent;
    return { sent, documentBytes: update.length, source, log, snapshots, perEdit: log + snapshots, disk };
  },
};

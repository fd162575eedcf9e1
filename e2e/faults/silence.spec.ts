// What ends without saying so: a client whose network swallows everything, and a server that is gone while the way to
// it keeps its people's sockets open. Their cursors must not stay, and their people must not lose a word.
import { expect, test } from "@playwright/test";
import { TcpProxy } from "./proxy.ts";
import { rounds } from "./random.ts";
import { areEqual, untilNoGhosts } from "./scene.ts";
import { Town } from "./town.ts";
import { until } from "./until.ts";
import type { Writer } from "./writer.ts";

/** ms after which no cursor of the vanished may be left, and a moment for the news to arrive. */
const NO_GHOSTS_AFTER = 30_000 + 1_000;
/** ms of silence after which a client looks for another way. */
const PATIENCE = 6_000;

let town: Town;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  town = new Town();
  await town.start();
});
test.afterAll(() => town?.stop());

async function fallSilent(): Promise<void> {
  const [firstPort, secondPort] = town.ports as [number, number];
  const [, door] = town.doors as [TcpProxy, TcpProxy];
  const [vanishing, halfOpen] = await Promise.all([TcpProxy.start(firstPort), TcpProxy.start(secondPort)]);
  const id = await town.newDocument("silence");
  const watcher = town.open(id, "watcher", "ana", [door]);
  // On the server that vanishes: one looks for another way, the other does not notice.
  const mover = town.open(id, "mover", "ben", [vanishing, door]);
  const sleeper = town.open(id, "sleeper", "ben", [vanishing, door]);
  const silenced = town.open(id, "silenced", "admin", [halfOpen, door]);
  const everybody = [watcher, mover, sleeper, silenced];
  const idOf = (writer: Writer) => writer.doc.clientID;
  const isSeen = (writer: Writer) => watcher.awareness.getStates().has(idOf(writer));
  try {
    await until("everybody is there", () => everybody.every((writer) => writer.isSynced), 10_000);
    const stops = everybody.map((writer) => writer.keepTyping(50));
    await until("everybody is seen", () => everybody.every(isSeen) && watcher.received.length > 30, 10_000);

    const silentAt = Date.now();
    vanishing.silence();
    halfOpen.silence();
    await town.servers[0]?.kill();
    const seen = [...watcher.words];
    await until("they type into the void", () => Date.now() - silentAt > PATIENCE, PATIENCE + 1_000);
    for (const stop of stops) stop();
    const movedAt = Date.now();
    mover.giveUp();
    const isBack = () => mover.isSynced && areEqual([mover, watcher], [...mover.typed, ...watcher.typed]);
    await until("who moved is equal to who stayed", isBack, 5_000);
    const moved = Date.now() - movedAt;

    const goneAfter = (writer: Writer) => (watcher.removed.get(idOf(writer)) ?? Number.POSITIVE_INFINITY) - silentAt;
    const inTime = NO_GHOSTS_AFTER - (Date.now() - silentAt);
    const areGone = () => [sleeper, silenced].every((writer) => watcher.removed.has(idOf(writer)) && !isSeen(writer));
    await until("no ghost is left", areGone, inTime).catch((error) => {
      throw new Error(`${error.message}; gone after ms: ${[sleeper, silenced].map(goneAfter)}`);
    });
    expect([isSeen(mover), isSeen(watcher)]).toEqual([true, true]);

    const wokenAt = Date.now();
    sleeper.giveUp();
    silenced.giveUp();
    const typed = everybody.flatMap((writer) => writer.typed);
    await until("all equal", () => areEqual(everybody, typed), 5_000);
    await until("all is SAVED", () => everybody.every((writer) => writer.savedWords === writer.typed.length), 10_000);
    const woken = Date.now() - wokenAt;
    const newcomer = town.open(id, "newcomer", "ana", [door]);
    everybody.push(newcomer);
    const isThere = () => newcomer.isSynced && areEqual(everybody, typed);
    await until("who comes fresh is equal, too", isThere, 5_000);
    const alone = await untilNoGhosts(everybody);
    const stored = await town.storedWords(id);
    const lost = [...seen, ...typed].filter((word) => !stored.has(word));
    console.log(
      `a server vanished: its cursors gone after ${goneAfter(sleeper)} ms, who moved equal after ${moved} ms; ` +
        `half-open: cursor gone after ${goneAfter(silenced)} ms; all equal and SAVED ${woken} ms after they came back; ` +
        `who came fresh saw them, and nobody else, after ${alone} ms; ` +
        `${typed.length} edits checked, ${lost.length} lost`,
    );
    expect(lost).toEqual([]);
  } finally {
    for (const writer of everybody) writer.close();
    await Promise.all([vanishing.stop(), halfOpen.stop()]);
  }
}

for (let round = 1; round <= rounds; round++) {
  test(`[P1] [P3] half-open sockets and a server that vanished: no cursor stays for 30 s, no word is lost (${round})`, async () => {
    test.setTimeout(120_000);
    await fallSilent();
    await town.restart();
  });
}

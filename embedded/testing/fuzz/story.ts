// One seed's story: people write, move, come and go, processes die and start, the store goes away; then everything is
// mended and it is counted what is left of it. Throws what is wrong.
import { expect, vi } from "vitest";
import * as Y from "yjs";
import { tally } from "#lib/metrics.ts";
import { LIMITS } from "#lib/protocol.ts";
import { Random } from "./random.ts";
import { ROOM, World } from "./world.ts";
import { Writer } from "./writer.ts";

export interface Told {
  edits: number;
  faults: number;
  /** Edits of others that somebody had received, and edits that were called saved; each was found again. */
  seen: number;
  saved: number;
  /** How often a server gave somebody the document that it keeps. */
  answered: number;
}

/** In every other story servers keep the state of a document as if it were a large one, in every third all cursors take
 * the short way. In every fifth the document is opened again and again by somebody who does not have it. */
const { keptStateFrom, quietTime } = LIMITS;

const realImmediate = setImmediate;
/** Lets what does not go by the clock, such as a reader of the log, take its turns. */
const turn = () => new Promise<void>((resolve) => realImmediate(resolve));

async function pass(world: World, ms: number, everything = false): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let n = 0; n < 3; n++) await turn();
  const before = world.writers.map(({ saved }) => saved);
  world.transport(everything);
  if (world.writers.every(({ saved }, index) => saved === before[index])) return;
  const { store } = await load(world);
  for (const { name, doc, saved } of world.writers) {
    expect(Y.getState(store, doc.clientID), `[P2] stored of ${name} when it was called saved`).toBeGreaterThanOrEqual(
      saved,
    );
  }
}

async function settle(world: World, ms: number, step = 50): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) await pass(world, step, true);
}

/** To be called with fake timers. `leaky`: the channel layer loses messages as well, and says so. */
export async function tell(seed: number, leaky = false): Promise<Told> {
  Object.assign(LIMITS, {
    keptStateFrom: seed % 2 === 0 && seed % 5 !== 0 ? keptStateFrom : 1,
    quietTime: seed % 3 === 0 ? 0 : quietTime,
  });
  const random = new Random(seed);
  const arrivals = seed % 5 === 0 ? new Random(-seed) : null;
  const { answered } = tally;
  const world = new World(random);
  /** client id → the clock up to which somebody else has it */
  const seen = new Map<number, number>();
  const look = () => {
    for (const writer of world.writers) {
      for (const other of world.writers) {
        if (other === writer) continue;
        const clock = Y.getState(writer.doc.store, other.doc.clientID);
        if (clock > (seen.get(other.doc.clientID) ?? 0)) seen.set(other.doc.clientID, clock);
      }
    }
  };
  const gone = new Set<Writer>();

  await lasting(world, world.startServer());
  await lasting(world, world.startServer());
  await lasting(world, world.startWorker());
  for (let n = random.between(2, 5); n > 0; n--) world.addWriter();
  for (const writer of world.writers) world.connect(writer);
  await settle(world, 500);
  for (let steps = random.between(60, 140); steps > 0; steps--) {
    if (arrivals?.chance(0.3)) arrive(world, arrivals, gone);
    const here = world.writers.filter((writer) => !gone.has(writer));
    if (random.chance(0.7)) random.pick(here)?.edit();
    if (random.chance(0.15)) random.pick(here)?.move();
    const server = leaky && random.chance(0.06) ? random.pick(world.servers) : undefined;
    if (server) world.leak(server);
    if (server && random.chance(0.1)) await settle(world, 20_000, 500);
    await happen(world, random, here, gone);
    await pass(world, random.pick([0, 1, 5, 20, 60]) ?? 0);
    look();
  }

  // In half of the stories nobody is left who could bring anything back: all there is must be in the log and the store.
  if (random.chance(0.5)) {
    for (const worker of [...world.workers]) world.killWorker(worker);
    for (const server of [...world.servers]) world.killServer(server);
    look();
    for (const writer of world.writers) gone.add(writer);
    await lasting(world, world.startServer());
  }
  world.mend();
  if (world.workers.length === 0) await lasting(world, world.startWorker());
  const here = world.writers.filter((writer) => !gone.has(writer));
  // A dead owner is replaced within 5 s; what is broken is mended by then, and so is everybody's document.
  for (let waited = 0; waited < 10; waited++) {
    for (const writer of here) world.connect(writer);
    await settle(world, 500);
    look();
  }
  const fresh = new Writer("fresh", random);
  world.writers.push(fresh);
  world.connect(fresh);
  await settle(world, 1_000);

  expect(world.refusals, "close codes that nobody deserved").toEqual([]);
  for (const writer of [...here, fresh]) {
    expect(writer.line, `${writer.name} is connected`).not.toBeNull();
    expect(writer.content(), `${writer.name}'s document`).toEqual(fresh.content());
  }
  const told: Told = { edits: 0, faults: world.faults, seen: 0, saved: 0, answered: tally.answered - answered };
  const stored = await load(world);
  for (const { name, doc, saved, edits } of world.writers) {
    const id = doc.clientID;
    const here = Y.getState(fresh.doc.store, id);
    expect(here, `[P3] what others saw of ${name}`).toBeGreaterThanOrEqual(seen.get(id) ?? 0);
    expect(here, `[P2] what was called saved of ${name}`).toBeGreaterThanOrEqual(saved);
    expect(Y.getState(stored.store, id), `[P2] what is stored of ${name}`).toBe(here);
    told.edits += edits;
    told.seen += seen.get(id) ?? 0;
    told.saved += saved;
  }
  // Servers that died, and people who vanished without a word.
  await settle(world, 45_000, 1_000);
  const present = [...here, fresh].map((writer) => writer.doc.clientID).sort((a, b) => a - b);
  for (const writer of [...here, fresh]) expect(writer.present(), `who ${writer.name} sees`).toEqual(present);
  for (const seer of [...here, fresh]) {
    for (const { name, awareness, doc } of here) {
      const seen = seer.awareness.getStates().get(doc.clientID)?.cursor;
      expect(seen, `the cursor of ${name} that ${seer.name} sees`).toBe(awareness.getLocalState()?.cursor);
    }
  }
  expect(world.connections(), "connections that the room knows").toHaveLength(here.length + 1);

  for (const writer of world.writers) writer.leave();
  await lasting(world, Promise.all(world.workers.map(({ worker }) => worker.stop())));
  await lasting(world, Promise.all(world.servers.map(({ consumers }) => consumers.stop())));
  return told;
}

/** Somebody opens the document for the first time, and somebody leaves for good if there are many. */
function arrive(world: World, random: Random, gone: Set<Writer>): void {
  const here = world.writers.filter((writer) => !gone.has(writer));
  const leaver = here.length > 6 ? random.pick(here) : undefined;
  leaver?.line?.cut();
  if (leaver) gone.add(leaver);
  world.addWriter();
  const [newcomer] = world.writers.slice(-1);
  if (newcomer) world.connect(newcomer);
}

/** Chance does something to the world. */
async function happen(world: World, random: Random, here: Writer[], gone: Set<Writer>): Promise<void> {
  const dice = random.next();
  const [worker, server] = [random.pick(world.workers), random.pick(world.servers)];
  if (dice < 0.05) random.pick(here)?.line?.cut();
  else if (dice < 0.2) for (const writer of here) world.connect(writer);
  else if (dice < 0.215 && worker) {
    world.killWorker(worker);
    if (random.chance(0.7)) await lasting(world, world.startWorker());
  } else if (dice < 0.225 && world.workers.length > 1 && worker) await lasting(world, world.stopWorker(worker));
  else if (dice < 0.24 && world.workers.length < 3) await lasting(world, world.startWorker());
  else if (dice < 0.25 && server) {
    world.killServer(server);
    await lasting(world, world.startServer());
  } else if (dice < 0.27) {
    world.away = !world.away;
    world.faults++;
  } else if (dice < 0.275 && here.length > 2) {
    const writer = random.pick(here);
    writer?.line?.cut();
    if (writer) gone.add(writer);
  } else if (dice < 0.28) {
    // Everybody goes, the room is unloaded.
    for (const writer of here) writer.line?.cut();
    await settle(world, random.pick([10_000, 40_000]) ?? 0, 1_000);
    for (const writer of here) world.connect(writer);
  } else if (dice < 0.285) await settle(world, 4_000, 200);
}

/** Time passes until it is done; a stop takes as long as the store is away, up to a bound. */
async function lasting(world: World, work: Promise<unknown>): Promise<void> {
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  for (let waited = 0; !over && waited < 400; waited++) await pass(world, 50);
  expect(over, "a start or a stop ended").toBe(true);
  await done;
}

async function load(world: World): Promise<Y.Doc> {
  const doc = new Y.Doc();
  const stored = await world.storage.load(ROOM);
  for (const update of [stored?.snapshot ?? null, ...(stored?.updates ?? [])]) if (update) Y.applyUpdate(doc, update);
  return doc;
}

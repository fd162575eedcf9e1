// What every fault is measured by: people write through both servers while it begins, lasts and ends; two others leave
// for good at the moment it begins, and one stays where they were. Then nothing seen and nothing saved may be missing, all
// must be equal, nobody may see those who left, and nobody may have been sent away.
import { expect } from "@playwright/test";
import { mayRetry } from "#lib/protocol.ts";
import type { TcpProxy } from "./proxy.ts";
import { pause } from "./random.ts";
import type { Town } from "./town.ts";
import { until } from "./until.ts";
import type { Writer } from "./writer.ts";

/** ms between two words of one writer. */
const PACE = 40;
/** ms until everybody is there and writes; no promise, a busy machine takes its time. */
const SETTLED_WITHIN = 30_000;
/** ms within which edits reach the others again while a fault lasts that they go on under. */
const GOES_ON_WITHIN = 10_000;
/** ms within which everybody is equal after a fault has ended [P1]. */
const EQUAL_WITHIN = 5_000;
/** ms within which nobody sees the cursor of somebody who left when a fault began, however silently. */
const NO_GHOSTS_WITHIN = 30_000;
/** ms between two looks of a room, and as much again for the answer. */
const SWEEP = 10_000;
/** ms within which everything is SAVED; a store that was away is asked again at most 5 s after it is back. */
const SAVED_WITHIN = 10_000;

export interface Fault {
  /** Ends when the fault is there. */
  begin(documentId: string): Promise<unknown>;
  /** How long it lasts, ms, after it has begun. */
  lasts: number;
  /** Ends when the cause is gone. */
  end(documentId: string): Promise<unknown>;
  /** Nothing is committed while it lasts. */
  holdsCommits?: boolean;
  /** Edits must go on while it lasts: words typed after it began reach the others. */
  goesOn?: boolean;
  /** People may go to the other server; otherwise each waits for its own. */
  mayMove?: boolean;
}

/** What all the faults of a run have shown. */
const totals = { faults: 0, edits: 0, seen: 0, saved: 0, lost: 0 };

/** For the end of a file of faults. */
export function printTotals(): void {
  const { faults, edits, seen, saved, lost } = totals;
  console.log(
    `${faults} faults: ${edits} edits of people who stayed, ${seen} seen and ${saved} SAVED edits of people who left; ${lost} lost`,
  );
}

const counts = (writers: Writer[]) => writers.map((writer) => writer.words.size).join(", ");

/** All writers have the same words, these among them. */
export function areEqual(writers: Writer[], atLeast: string[]): boolean {
  const [first, ...others] = writers.map((writer) => writer.words);
  if (!first) return true;
  return (
    atLeast.every((word) => first.has(word)) &&
    others.every((words) => words.size === first.size && [...first].every((word) => words.has(word)))
  );
}

/** Each of these people sees exactly the others. */
function seeEachOther(people: Writer[]): boolean {
  return people.every((one) => {
    const seen = one.awareness.getStates();
    return seen.size === people.length && people.every((other) => seen.has(other.doc.clientID));
  });
}

/** Resolves with the ms until each of them sees exactly the others; says who sees whom if it takes too long. */
export function untilNoGhosts(people: Writer[], limit = NO_GHOSTS_WITHIN): Promise<number> {
  return until("no ghost is seen", () => seeEachOther(people), limit).catch((error) => {
    const names = new Map(people.map((one) => [one.doc.clientID, one.name]));
    const sees = (one: Writer) => [...one.awareness.getStates().keys()].map((client) => names.get(client) ?? "a ghost");
    const tell = (one: Writer) => `${one.name} sees ${sees(one).join(" ")} (closes: ${one.closes.join(" ") || "none"})`;
    throw new Error(`${error.message}; ${people.map(tell).join("; ")}`);
  });
}

let scenes = 0;

/** Runs a fault and prints its counters. */
export async function underFault(town: Town, title: string, fault: Fault): Promise<void> {
  const [one, two] = town.doors;
  if (!one || !two) throw new Error("a town has two doors");
  const scene = `s${scenes++}`;
  const [id, leftId] = [await town.newDocument(title), await town.newDocument(`${title}, left`)];
  const doors = (own: TcpProxy, other: TcpProxy) => (fault.mayMove ? [own, other] : [own]);
  const writers = [
    town.open(id, `${scene}a`, "ana", doors(one, two)),
    town.open(id, `${scene}b`, "ben", doors(two, one)),
    town.open(id, `${scene}c`, "admin", doors(one, two)),
  ];
  const leavers = [town.open(leftId, `${scene}x`, "ana", [one]), town.open(leftId, `${scene}y`, "ben", [two])];
  const stayer = town.open(leftId, `${scene}z`, "admin", doors(two, one));
  const everybody = [...writers, ...leavers, stayer];
  const stops: (() => void)[] = [];
  try {
    await until("everybody is there", () => everybody.every((writer) => writer.isSynced), SETTLED_WITHIN);
    stops.push(...everybody.map((writer) => writer.keepTyping(PACE)));
    const works = (writer: Writer) => writer.received.length > 10 && writer.savedWords > 10;
    await until("everybody writes, sees and is saved", () => everybody.every(works), SETTLED_WITHIN);

    await fault.begin(id);
    const seen = new Set(leavers.flatMap((leaver) => leaver.received));
    const leftSaved = leavers.flatMap((leaver) => leaver.saved);
    for (const leaver of leavers) leaver.close();
    const typedBefore = writers.map((writer) => writer.typed.length);
    await pause(fault.lasts);
    const typedLater = (from: number) => (writers[from] as Writer).typed.slice(typedBefore[from]);
    const reach = (from: number, reader: Writer) => typedLater(from).some((word) => reader.words.has(word));
    const goesOn = () =>
      writers.every((reader) => writers.every((other, from) => other === reader || reach(from, reader)));
    if (fault.goesOn) await until("edits reach the others while it lasts", goesOn, GOES_ON_WITHIN);
    const early = writers.map((writer, index) => Math.max(0, writer.savedWords - (typedBefore[index] ?? 0)));
    if (fault.holdsCommits) expect(early, "words called SAVED while nothing can be committed").toEqual([0, 0, 0]);
    const savedBefore = writers.flatMap((writer) => writer.saved);

    await fault.end(id);
    const ended = Date.now();
    // Some are written after it as well.
    await pause(200);
    for (const stop of stops.splice(0)) stop();
    const typed = writers.flatMap((writer) => writer.typed);
    const inTime = () => EQUAL_WITHIN - (Date.now() - ended);
    await until("all equal", () => areEqual(writers, typed), inTime()).catch((error) => {
      const closes = writers.map((writer) => writer.closes.join(" ") || "none");
      throw new Error(`${error.message}; words: ${counts(writers)} of ${typed.length}; closes: ${closes.join(", ")}`);
    });
    const equal = Date.now() - ended;
    const newcomer = town.open(id, `${scene}n`, "ben", [one, two]);
    const finder = town.open(leftId, `${scene}m`, "ana", [two, one]);
    everybody.push(newcomer, finder);
    const isThere = () => newcomer.isSynced && finder.isSynced && areEqual([newcomer, ...writers], typed);
    await until("a fresh client is equal", isThere, inTime());
    const kept = finder.words;
    const lostSeen = [...seen].filter((word) => !kept.has(word));
    const lostSaved = leftSaved.filter((word) => !kept.has(word));
    const isSaved = () => writers.every((writer) => writer.savedWords === writer.typed.length);
    await until("all is SAVED", isSaved, SAVED_WITHIN);
    const saving = Date.now() - ended;
    const stored = await town.storedWords(id);
    const notStored = [...savedBefore, ...typed].filter((word) => !stored.has(word));
    const ghosts = () => NO_GHOSTS_WITHIN - (Date.now() - ended);
    await Promise.all([untilNoGhosts([...writers, newcomer], ghosts()), untilNoGhosts([finder, stayer], ghosts())]);
    const alone = Date.now() - ended;
    const areListed = async () => (await town.crowdIn(id)) === writers.length + 1 && (await town.crowdIn(leftId)) === 2;
    await until("the rooms list exactly those who are there", areListed, ghosts() + SWEEP);
    totals.faults++;
    totals.edits += typed.length;
    totals.seen += seen.size;
    totals.saved += leftSaved.length;
    totals.lost += lostSeen.length + lostSaved.length + notStored.length;
    console.log(
      `${title}: ${typed.length} edits of 3 checked, all equal after ${equal} ms, all SAVED after ${saving} ms; ` +
        `${seen.size} edits seen and ${leftSaved.length} SAVED by 2 who left, ` +
        `${lostSeen.length + lostSaved.length} of them lost; ${notStored.length} SAVED ones not stored; ` +
        `no ghost after ${alone} ms; ` +
        `${writers.reduce((sum, writer) => sum + writer.closes.length, 0)} reconnects`,
    );
    expect(seen.size).toBeGreaterThan(0);
    expect({ lostSeen, lostSaved, notStored }).toEqual({ lostSeen: [], lostSaved: [], notStored: [] });
    const refused = everybody.flatMap((one) => one.closes).filter((code) => !mayRetry(code));
    expect(refused, "nobody is sent away for good").toEqual([]);
    // Another worker may own this one, and be in its pause between two attempts: nobody there is told SAVED to wait for.
    const isStored = async () => {
      const words = await town.storedWords(leftId);
      return [...kept].every((word) => words.has(word));
    };
    await until("the left document is stored", isStored, SAVED_WITHIN);
  } finally {
    for (const stop of stops) stop();
    for (const writer of everybody) writer.close();
  }
}

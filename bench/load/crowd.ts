// Everybody the generator plays: opens rooms, lets people type or move their cursors on a schedule, and says what
// arrived. It knows nothing of what it connects to but addresses.
import { performance } from "node:perf_hooks";
import { Histogram, type Summary } from "./histogram.ts";
import { Ledger } from "./ledger.ts";
import { type LoadRoom, Member, type Seat, type Tally } from "./member.ts";
import { runSchedule, shuffled } from "./schedule.ts";

/** Connect these seats; the seats of one inner array share a room. Rooms stay open until `close`. */
export interface OpenCommand {
  rooms: Seat[][];
  /** Connections that may be under way at once. */
  atOnce?: number;
}

export interface ActCommand {
  what: "type" | "point";
  /** Events a second of each member. */
  rate: number;
  seconds: number;
  /** ms to wait at the end for what is still under way. */
  patience?: number;
}

/** What came of it. Latencies are in ms, from when an event was due until each other member had it. */
export interface ActResult {
  sent: number;
  expected: number;
  delivered: number;
  latency: Summary;
  /** Until the server said that it is stored; only where it says so. */
  saved: Summary;
  /** Connections that the server closed, by code and reason. */
  closed: Record<string, number>;
  framesReceived: number;
  bytesReceived: number;
  seconds: number;
  /** How late the generator was, and which share of the time it was busy. */
  lag: Summary;
  busy: number;
}

/** How many of a client's characters somebody else has received. */
export interface Seen {
  client: number;
  seen: number;
}

const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);

export class Crowd {
  #members: Member[] = [];
  #rooms: LoadRoom[] = [];
  #nextClient = 1_000_000 + Math.floor(Math.random() * 1_000_000_000);
  #tally: Tally = newTally();

  /** Resolves when everybody is synced; rejects if one is refused. Answers ms until the last one was. */
  async open({ rooms, atOnce = 50 }: OpenCommand): Promise<number> {
    const started = performance.now();
    const todo: (() => Member)[] = [];
    for (const seats of rooms) {
      const room = { edits: new Ledger(seats.length), cursors: new Ledger(seats.length), indexOf: new Map() };
      this.#rooms.push(room);
      for (const [index, seat] of seats.entries()) {
        const client = this.#nextClient++;
        room.indexOf.set(client, index);
        todo.push(() => new Member(client, index, seat, room, this.#tally));
      }
    }
    const lane = async () => {
      for (let make = todo.shift(); make; make = todo.shift()) {
        const member = make();
        this.#members.push(member);
        await member.synced;
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, todo.length) }, lane));
    return performance.now() - started;
  }

  async act({ what, rate, seconds, patience = 5_000 }: ActCommand): Promise<ActResult> {
    const tally = this.#tally;
    const members = this.#members;
    Object.assign(tally, { latency: new Histogram(), saved: new Histogram(), frames: 0, bytes: 0 });
    const ledgers = this.#rooms.map((room) => (what === "type" ? room.edits : room.cursors));
    const before = { expected: sum(ledgers.map((l) => l.expected)), delivered: sum(ledgers.map((l) => l.delivered)) };
    const order = shuffled(members.length);
    const started = performance.now();
    const utilization = performance.eventLoopUtilization();
    let sent = 0;
    const lag = await runSchedule({
      perSecond: rate * members.length,
      seconds,
      fire: (k, due) => {
        const member = members[order[k % order.length] as number] as Member;
        if (!member.isOpen) return;
        sent++;
        member[what](due);
      },
    });
    const busy = performance.eventLoopUtilization(utilization).utilization;
    const expected = sum(ledgers.map((l) => l.expected)) - before.expected;
    const delivered = () => sum(ledgers.map((l) => l.delivered)) - before.delivered;
    const deadline = performance.now() + patience;
    while (delivered() < expected && performance.now() < deadline) await sleep(5);
    const closed = Object.fromEntries(tally.closed);
    return {
      ...{ sent, expected, delivered: delivered(), latency: tally.latency.summary(), saved: tally.saved.summary() },
      ...{ closed, framesReceived: tally.frames, bytesReceived: tally.bytes },
      ...{ seconds: (performance.now() - started) / 1000, lag: lag.summary(), busy },
    };
  }

  /** Cuts every connection at once, as if all browsers were gone; answers what the others had received of each client. */
  cut(): Seen[] {
    const seen = this.#rooms.flatMap(({ edits, indexOf }) =>
      [...indexOf].map(([client, sender]) => {
        const others = [...indexOf.values()].filter((index) => index !== sender);
        return { client, seen: Math.max(0, ...others.map((receiver) => edits.has(receiver, sender))) };
      }),
    );
    this.close(false);
    return seen;
  }

  async close(politely = true): Promise<void> {
    const members = this.#members;
    this.#members = [];
    this.#rooms = [];
    this.#tally = newTally();
    for (const member of members) member.leave(politely);
    while (members.some((member) => member.isOpen)) await sleep(5);
  }
}

function newTally(): Tally {
  return { latency: new Histogram(), saved: new Histogram(), frames: 0, bytes: 0, closed: new Map() };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// A server and a worker under attack, and two people next door, in another document of the same worker, whose edits are
// timed: calm first, then while the attack lasts.
import { expect } from "@playwright/test";
import { cookieHeader, logIn, type Person } from "../people.ts";
import { type Attacker, attackThrough, type GateName } from "./attackers.ts";
import { Neighbours, quantile } from "./neighbours.ts";
import { type Stack, startStack } from "./stack.ts";

/** Edits that are timed before an attack, and at least while it lasts. */
const ENOUGH = 30;
/**
 * ms that p99 may grow by next door, beside three times what it was. What is turned away or passed over at a glance costs
 * 4 to 70 ms on a quiet machine, and is CHEAP; what is large or many, and has to be read, is DEAR.
 */
export const CHEAP = 300;
export const DEAR = 1_000;

/** A way in, and where the logs ended before it. */
export type Intruder = Attacker & { since: Marks };

interface Marks {
  server: number;
  worker: number;
}

export class Siege {
  readonly stack: Stack;
  /** Where attacks go. */
  target = "";
  readonly #cookies = new Map<Person, Map<string, string>>();
  #neighbours!: Neighbours;

  private constructor(stack: Stack) {
    this.stack = stack;
  }

  static async start(): Promise<Siege> {
    const siege = new Siege(await startStack());
    for (const who of ["ana", "ben", "admin"] as const) siege.#cookies.set(who, await logIn(siege.stack.url, who));
    siege.target = await siege.newDocument("Under attack");
    const nextDoor = await siege.newDocument("Next door");
    siege.#neighbours = await Neighbours.start(siege.stack.url, nextDoor, siege.cookies("ben"));
    return siege;
  }

  async stop(): Promise<void> {
    await this.#neighbours?.stop();
    await this.stack.stop();
  }

  cookies(who: Person): Map<string, string> {
    return this.#cookies.get(who) ?? new Map();
  }

  /** A request as somebody who is signed in. */
  async fetch(who: Person, path: string, body?: unknown): Promise<Response> {
    const headers = {
      "content-type": "application/json",
      origin: this.stack.url,
      cookie: cookieHeader(this.cookies(who)),
    };
    const method = body === undefined ? "GET" : "POST";
    return fetch(`${this.stack.url}${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  async newDocument(title: string): Promise<string> {
    const response = await this.fetch("ana", "/api/documents", { title });
    return ((await response.json()) as { id: string }).id;
  }

  /** Ana, through a gate of her choice. */
  async attack(gate: GateName = "y-websocket", params = "", documentId = this.target): Promise<Intruder> {
    const since = this.marks();
    const options = { url: this.stack.url, documentId, cookies: this.cookies("ana"), params };
    return { ...(await attackThrough(gate, options)), since };
  }

  /** Where the logs end now. */
  marks(): Marks {
    return { server: this.stack.server.printed(), worker: this.stack.worker.printed() };
  }

  /** Log lines since then. */
  lines({ server, worker }: Marks): Record<string, unknown>[] {
    const printed = `${this.stack.server.since(server)}\n${this.stack.worker.since(worker)}`;
    return printed.split("\n").flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
  }

  /** It is closed with this code, and a line in a log says so, with its room and who it was. */
  async costs(code: number, intruder: Intruder, name: string): Promise<void> {
    await expect.poll(() => intruder.code(), { message: name, timeout: 20_000 }).toBe(code);
    const isToldOf = () =>
      this.lines(intruder.since).some(
        (line) => line.code === code && line.room === intruder.room && line.user && line.connection,
      );
    await expect.poll(isToldOf, { message: `${name}: a log line with ${code} and ${intruder.room}` }).toBe(true);
    intruder.end();
  }

  /** While `attack` lasts nobody next door is cut off, and their edits take hardly longer than before it. */
  async isUnnoticed(title: string, attack: () => Promise<unknown>, allowance = CHEAP): Promise<void> {
    await this.#neighbours.measure({ atLeast: 0 });
    const calm = await this.#neighbours.measure({ atLeast: ENOUGH });
    const { worker, server } = this.stack;
    const since = this.marks();
    await attack();
    const meanwhile = await this.#neighbours.measure({ atLeast: ENOUGH });
    const [before, during] = [quantile(calm.latencies, 0.99), quantile(meanwhile.latencies, 0.99)];
    const longest = Math.max(...meanwhile.latencies);
    console.log(
      `${title}: next door p99 of ${calm.latencies.length} edits before ${Math.round(before)} ms, ` +
        `of ${meanwhile.latencies.length} meanwhile ${Math.round(during)} ms, the slowest ${Math.round(longest)} ms`,
    );
    expect(meanwhile.closes, "next door nobody is cut off").toBe(0);
    expect([worker.hasEnded(), server.hasEnded()], "worker and server live").toEqual([false, false]);
    expect(this.lines(since).filter(({ msg }) => msg === "partition lost" || msg === "beat failed")).toEqual([]);
    expect(during, "p99 next door").toBeLessThan(3 * before + allowance);
  }
}

// What an administrator sees and does, over all processes: asks the owner of every partition, and remembers what servers
// and workers say of themselves. Who may ask is the business of the routes (app/api/admin).

import { PARTITIONS, partitionOf } from "#lib/partition.ts";
import type { ProcessReport } from "#lib/reports.ts";
import {
  type Administration as AdministrationApi,
  type CloseResult,
  type DumpResult,
  type Overview,
  type PartitionReport,
  type PartitionState,
  partitionReport,
} from "#lib/reports.ts";
import type { RequestError, Requests } from "#lib/requests.ts";
import { channels, roomTypeOf } from "#lib/room-types.ts";

export interface AdministrationOptions {
  server: string;
  requests: Requests;
  /** The partitions of a channel that have no owner. */
  silent(channel: string): number[];
  dump(): Promise<string>;
  /** ms of a clock that never goes back. */
  now?(): number;
}

/** ms until an owner counts as silent; a page waits for it. */
const ANSWER = 1_500;
/** ms that an owner gets to save a room, and to write a dump. */
const LONG_ANSWER = 7_000;
/** ms after which a process that says nothing is gone. */
const PROCESS_TTL = 10_000;
/** Rooms in one overview. */
const MOST_ROOMS = 200;

type Place = { channel: string; partition: number };

export class Administration implements AdministrationApi {
  readonly #options: Required<AdministrationOptions>;
  #processes = new Map<string, { report: ProcessReport; heardAt: number }>();

  constructor(options: AdministrationOptions) {
    this.#options = { now: () => performance.now(), ...options };
  }

  hear(report: ProcessReport): void {
    this.#processes.set(report.id, { report, heardAt: this.#options.now() });
  }

  async overview(): Promise<Overview> {
    const asked = await Promise.all(this.#places().map((place) => this.#look(place)));
    const rooms = asked.flatMap(({ state, report }) => {
      const { channel, partition } = state;
      return (report?.rooms ?? []).map((room) => ({ ...room, channel, partition, worker: report?.worker ?? "" }));
    });
    rooms.sort((a, b) => b.connections.length - a.connections.length || a.since.localeCompare(b.since));
    return {
      server: this.#options.server,
      at: new Date().toISOString(),
      partitions: asked.map(({ state }) => state),
      rooms: rooms.slice(0, MOST_ROOMS),
      totalRooms: asked.reduce((sum, { report }) => sum + (report?.total ?? 0), 0),
      processes: this.#living(),
    };
  }

  async closeRoom(room: string): Promise<CloseResult> {
    const place = { channel: roomTypeOf(room).channel, partition: partitionOf(room) };
    return this.#close(place, "closeRoom", [room, "an administrator closed the room"], LONG_ANSWER);
  }

  async closeConnection(id: string): Promise<CloseResult> {
    const args = [id, "closed by an administrator"];
    const results = await Promise.all(
      this.#places().map((place) => this.#close(place, "closeConnection", args, ANSWER)),
    );
    // It is in one partition; if that one did not answer, it may be there.
    return (
      results.find((result) => result === "closed") ?? results.find((result) => result !== "not-found") ?? "not-found"
    );
  }

  async dump(): Promise<DumpResult[]> {
    const { server, dump } = this.#options;
    const asWritten = async (process: string, path: Promise<string>): Promise<DumpResult> => {
      try {
        return { process, path: await path };
      } catch (error) {
        return { process, error: error instanceof Error ? error.message : String(error) };
      }
    };
    const workers = this.#living().flatMap(({ id, channel, partitions, pid, host }) => {
      const [partition] = partitions ?? [];
      const own = this.#processes.get(server)?.report;
      // A worker in this very process is part of its dump.
      if (channel === null || partition === undefined || (own?.pid === pid && own.host === host)) return [];
      return [asWritten(id, this.#ask({ channel, partition }, "dump", [], LONG_ANSWER).then(String))];
    });
    return Promise.all([asWritten(server, dump()), ...workers]);
  }

  #living(): ProcessReport[] {
    const now = this.#options.now();
    for (const [id, { heardAt }] of this.#processes) if (now - heardAt > PROCESS_TTL) this.#processes.delete(id);
    const reports = [...this.#processes.values()].map(({ report }) => report);
    return reports.sort((a, b) => a.role.localeCompare(b.role) || a.id.localeCompare(b.id));
  }

  #places(): Place[] {
    const all = Array.from({ length: PARTITIONS }, (_, partition) => partition);
    return channels().flatMap((channel) => all.map((partition) => ({ channel, partition })));
  }

  /** Does not ask where nobody would hear it: the log would keep the question for the next owner. */
  #hasOwner({ channel, partition }: Place): boolean {
    return !this.#options.silent(channel).includes(partition);
  }

  async #look(place: Place): Promise<{ state: PartitionState; report: PartitionReport | null }> {
    if (!this.#hasOwner(place)) return { state: { ...place, state: "no-owner" }, report: null };
    try {
      const report = partitionReport.parse(await this.#ask(place, "rooms", [], ANSWER));
      const { worker, heldBytes, total } = report;
      return { state: { ...place, state: "owned", worker, heldBytes, rooms: total }, report };
    } catch {
      return { state: { ...place, state: "silent" }, report: null };
    }
  }

  async #close(place: Place, method: string, args: string[], timeout: number): Promise<CloseResult> {
    if (!this.#hasOwner(place)) return "no-owner";
    try {
      return (await this.#ask(place, method, args, timeout)) === true ? "closed" : "not-found";
    } catch (error) {
      return (error as RequestError).code === "refused" ? "not-saved" : "silent";
    }
  }

  async #ask({ channel, partition }: Place, method: string, args: string[], timeout: number): Promise<unknown> {
    const body = await this.#options.requests.callOwner(channel, partition, method, args, timeout);
    return JSON.parse(new TextDecoder().decode(body));
  }
}

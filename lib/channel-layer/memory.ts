// The channel layer of one process that is server and worker at once. Nothing is encoded and nothing survives the
// process; everything else is as in redis.ts: delivery in a later turn, entries that stay until they are
// acknowledged, leases and beats that run out.
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import type { Log } from "#lib/log.ts";
import type { Announcement, LogEntry, Member, RoomMessage, ServerMessage } from "#lib/messages.ts";
import { PARTITIONS, partitionOf } from "#lib/partition.ts";
import { LIMITS } from "#lib/protocol.ts";
import {
  type ChannelLayer,
  LEASE_TTL,
  SERVER_TTL,
  type ServerHandlers,
  type ServerLink,
  type WorkerHandlers,
  type WorkerLink,
} from "./channel-layer.ts";
import { weightOf } from "./chunks.ts";
import { MemoryReader, type PartitionLog } from "./memory-reader.ts";
import { ownAnnouncement, ownRoomMessage, ownServerMessage } from "./own.ts";
import { mergePresence } from "./presence.ts";
import { TurnBatch } from "./turn-batch.ts";

export interface MemoryOptions {
  log: Log;
  /** ms of a clock that never goes back; for tests. */
  now?(): number;
}

interface ServerState {
  handlers: ServerHandlers;
  presence: Map<string, Member[]>;
  beatAt: number;
}

export class MemoryChannelLayer implements ChannelLayer {
  readonly name = "memory";
  readonly outlives = false;
  readonly #log: Log;
  readonly #now: () => number;
  #nextId = 1;
  #logs = new Map<string, PartitionLog>();
  /** Bytes that are not acknowledged, those of the turn that is not over included. */
  #bytes = 0;
  #servers = new Map<string, ServerState>();
  /** channel → worker → when it beat */
  #workers = new Map<string, Map<string, number>>();
  #leases = new Map<string, { owner: string; until: number }>();
  #links = new Set<{ close(): Promise<void> }>();
  #announcements: TurnBatch<"all", Announcement>;

  constructor({ log, now = () => performance.now() }: MemoryOptions) {
    this.#log = log;
    this.#now = now;
    this.#announcements = new TurnBatch((batch) => {
      for (const announcement of batch.get("all") ?? []) {
        for (const { handlers } of [...this.#servers.values()]) {
          this.#guard("onAnnouncement", () => handlers.onAnnouncement(announcement));
        }
      }
    });
  }

  async server(id: string, handlers: ServerHandlers): Promise<ServerLink> {
    const state: ServerState = { handlers, presence: new Map(), beatAt: this.#now() };
    this.#servers.set(id, state);
    const batch = new TurnBatch<string, RoomMessage>((logs) => {
      for (const [key, messages] of logs) this.#append(key, id, messages);
    });
    const link: ServerLink = {
      send: (channel, message) => {
        if (!this.#links.has(link)) return;
        this.#bytes += weightOf(message);
        batch.add(`${channel}:${partitionOf(message.room)}`, ownRoomMessage(message));
      },
      pressure: () => this.#bytes / LIMITS.backlogBytes,
      beat: async (presence) => {
        if (!this.#links.has(link)) return;
        const known = this.#live().has(id);
        state.presence = structuredClone(presence);
        state.beatAt = this.#now();
        this.#servers.set(id, state);
        if (!known) this.#guard("onGap", () => handlers.onGap());
      },
      close: async () => {
        batch.flush();
        this.#links.delete(link);
        if (this.#servers.get(id) === state) this.#servers.delete(id);
      },
    };
    this.#links.add(link);
    return link;
  }

  async worker(id: string, channel: string, handlers: WorkerHandlers): Promise<WorkerLink> {
    const beats = this.#workers.get(channel) ?? new Map<string, number>();
    this.#workers.set(channel, beats);
    const reader = new MemoryReader(handlers, this.#log);
    const outbox = new TurnBatch<string, ServerMessage>((servers) => {
      for (const [server, messages] of servers) {
        const target = this.#servers.get(server)?.handlers;
        if (!target || this.#guard("onMessages", () => target.onMessages(messages))) continue;
        this.#guard("onGap", () => target.onGap());
      }
    });
    const key = (partition: number) => `${channel}:${partition}`;
    const isTaken = (partition: number) => {
      const held = this.#leases.get(key(partition));
      return held !== undefined && held.owner !== id && held.until > this.#now();
    };
    const link: WorkerLink = {
      beat: async () => {
        const now = this.#now();
        beats.set(id, now);
        for (const [worker, at] of beats) if (now - at > LEASE_TTL) beats.delete(worker);
        return [...beats.keys()].sort();
      },
      leave: async () => void beats.delete(id),
      lease: async (partition) => {
        if (isTaken(partition)) return false;
        this.#leases.set(key(partition), { owner: id, until: this.#now() + LEASE_TTL });
        return true;
      },
      release: async (partition) => {
        if (this.#leases.get(key(partition))?.owner === id) this.#leases.delete(key(partition));
      },
      open: (partition) => reader.open(partition, this.#partition(key(partition))),
      shut: (partition) => reader.shut(partition),
      acknowledge: (partition, ids) => {
        if (isTaken(partition)) return;
        const { entries } = this.#partition(key(partition));
        for (const entry of ids) {
          for (const message of entries.get(entry)?.messages ?? []) this.#bytes -= weightOf(message);
          entries.delete(entry);
        }
      },
      deliver: (server, messages) => {
        for (const message of messages) outbox.add(server, ownServerMessage(message));
      },
      servers: async () => [...this.#live().keys()].sort(),
      close: async () => {
        reader.close();
        outbox.flush();
        beats.delete(id);
        this.#links.delete(link);
      },
    };
    this.#links.add(link);
    return link;
  }

  async announce(announcement: Announcement): Promise<void> {
    this.#announcements.add("all", ownAnnouncement(announcement));
  }

  async presence(rooms: string[]): Promise<Map<string, Member[]>> {
    const servers = [...this.#live().values()].map((server) => server.presence);
    return mergePresence(
      rooms,
      servers.map((presence) => (room) => presence.get(room)),
    );
  }

  async backlog(channel: string): Promise<number[]> {
    return Array.from({ length: PARTITIONS }, (_, number) => this.#logs.get(`${channel}:${number}`)?.entries.size ?? 0);
  }

  async ping(): Promise<void> {}

  async drain(): Promise<void> {
    await nextTurn();
    while ([...this.#logs.values()].some(({ entries }) => entries.size > 0)) await delay(5);
  }

  async close(): Promise<void> {
    this.#announcements.flush();
    for (const link of [...this.#links]) await link.close();
  }

  #partition(key: string): PartitionLog {
    let log = this.#logs.get(key);
    if (!log) {
      log = { entries: new Map(), readers: new Set() };
      this.#logs.set(key, log);
    }
    return log;
  }

  #append(key: string, server: string, messages: RoomMessage[]): void {
    const log = this.#partition(key);
    const partition = Number(key.slice(key.lastIndexOf(":") + 1));
    const entry: LogEntry = Object.freeze({ partition, id: String(this.#nextId++), server, messages });
    Object.freeze(messages);
    log.entries.set(entry.id, entry);
    for (const reader of log.readers) reader.push(entry);
  }

  #live(): Map<string, ServerState> {
    const now = this.#now();
    return new Map([...this.#servers].filter(([, state]) => now - state.beatAt <= SERVER_TTL));
  }

  /** Answers false if it failed. */
  #guard(handler: string, call: () => void): boolean {
    try {
      call();
      return true;
    } catch (error) {
      this.#log.error({ err: error }, `${handler} failed`);
      return false;
    }
  }
}

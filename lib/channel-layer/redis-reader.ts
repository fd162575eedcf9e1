// Reads the logs of a worker's open partitions: one blocking command over all of them at a time, the next one when
// the worker has taken the last. After a lost connection it starts again from the oldest entry of each log and skips
// what the worker still holds, so that it does not matter what Redis has lost or kept. A cluster refuses a command
// over several logs: there each reader has one (redis-readers.ts), and follows it from node to node.
import { setTimeout as pause } from "node:timers/promises";
import { decodeRoomMessages } from "#lib/message-codec.ts";
import type { LogEntry } from "#lib/messages.ts";
import type { WorkerHandlers } from "./channel-layer.ts";
import { RedisConnection } from "./redis-connection.ts";
import type { RedisShared } from "./redis-shared.ts";
import { redirectOf } from "./redis-slot.ts";

/** ms that one command waits for entries. */
const BLOCK = 2_000;
/** Entries per partition of one read: at least, at most. */
const MIN_COUNT = 16;
const MAX_COUNT = 256;
/** Bytes that one read should not exceed, judged by the size of the entries before. */
const READ_BYTES = 16 * 1024 * 1024;
/** Undecodable entries that are kept per partition. */
const POISON_KEPT = 100;

/** One opening of a partition. */
interface Cursor {
  partition: number;
  key: string;
  /** Id of the last entry that was read. */
  after: string;
  /** Read, and not yet taken out of the log. */
  held: Set<string>;
}

type Reply = [key: Buffer, entries: [id: Buffer, fields: Buffer[]][]][] | null;

export class RedisReader {
  readonly #channel: string;
  readonly #handlers: WorkerHandlers;
  readonly #shared: RedisShared;
  readonly #connection: RedisConnection;
  #open = new Map<number, Cursor>();
  #count = MIN_COUNT;
  #client: number | null = null;
  /** The command that is under way. */
  #reading: object | null = null;
  #interrupting: object | null = null;
  #wake: () => void = () => {};
  #failing = false;
  /** An entry was put aside, and those whom it was from have something that the room has not. */
  #hasMissed = false;

  /** `follows` is the key of the one log that is read, in a cluster. */
  constructor(channel: string, handlers: WorkerHandlers, shared: RedisShared, follows?: string) {
    this.#channel = channel;
    this.#handlers = handlers;
    this.#shared = shared;
    const { nodes } = shared;
    const where = () => (follows === undefined ? undefined : nodes.of(follows));
    this.#connection = new RedisConnection({
      url: where() ?? (nodes.all()[0] as string),
      where,
      onDown: () => nodes.refresh(),
      health: shared.health,
      role: "reader",
      onReady: async () => {
        this.#client = await this.#connection.redis.client("ID");
        for (const cursor of this.#open.values()) cursor.after = "0";
        this.#wake();
      },
    });
    void this.#run();
  }

  get ready(): Promise<void> {
    return this.#connection.ready;
  }

  open(partition: number): void {
    if (this.#open.has(partition)) return;
    const key = this.#shared.keys.log(this.#channel, partition);
    this.#open.set(partition, { partition, key, after: "0", held: new Set() });
    this.#wake();
    void this.#interrupt();
  }

  shut(partition: number): void {
    this.#open.delete(partition);
  }

  /** These are out of the log, so that they need not be skipped any more. */
  forget(partition: number, ids: string[]): void {
    const held = this.#open.get(partition)?.held;
    for (const id of ids) held?.delete(id);
  }

  close(): void {
    this.#open.clear();
    this.#connection.close();
    this.#wake();
  }

  async #run(): Promise<void> {
    while (!this.#connection.closed) {
      if (this.#open.size === 0 || !this.#connection.up) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      const cursors = [...this.#open.values()];
      try {
        const entries = this.#take(cursors, await this.#read(cursors));
        this.#failing = false;
        if (entries.length > 0) await this.#handOver(entries);
        if (this.#hasMissed) this.#handlers.onGap();
        this.#hasMissed = false;
      } catch (error) {
        if (!this.#connection.up || this.#hasMoved(error)) continue;
        if (!this.#failing) this.#shared.log.error({ err: error, channel: this.#channel }, "reading the log failed");
        this.#failing = true;
        await pause(500);
      }
    }
  }

  /** The log lives on another node now, or soon does. */
  #hasMoved(error: unknown): boolean {
    const redirect = redirectOf(error);
    if (!redirect || !this.#shared.nodes.cluster) return false;
    this.#shared.nodes.learn(redirect, this.#connection.url);
    this.#connection.restart();
    return true;
  }

  async #read(cursors: Cursor[]): Promise<Reply> {
    this.#reading = {};
    try {
      const keys = cursors.map((cursor) => cursor.key);
      const after = cursors.map((cursor) => cursor.after);
      const args = ["COUNT", this.#count, "BLOCK", BLOCK, "STREAMS", ...keys, ...after];
      return (await this.#connection.redis.callBuffer("XREAD", ...args)) as Reply;
    } finally {
      this.#reading = null;
    }
  }

  #take(cursors: Cursor[], reply: Reply): LogEntry[] {
    const byKey = new Map(cursors.map((cursor) => [cursor.key, cursor]));
    const taken: LogEntry[] = [];
    let bytes = 0;
    let most = 0;
    let total = 0;
    for (const [key, entries] of reply ?? []) {
      const cursor = byKey.get(key.toString());
      // Shut, or shut and opened anew, while the command was under way.
      if (!cursor || this.#open.get(cursor.partition) !== cursor) continue;
      most = Math.max(most, entries.length);
      total += entries.length;
      for (const [idBytes, fields] of entries) {
        const id = idBytes.toString("latin1");
        cursor.after = id;
        bytes += fields[1]?.length ?? 0;
        if (cursor.held.has(id)) continue;
        const entry = this.#decode(cursor, id, fields);
        this.#hasMissed ||= !entry;
        if (!entry) continue;
        cursor.held.add(id);
        taken.push(entry);
      }
    }
    // Grows with what a read brings, so that a backlog of large entries is met with a small count.
    const affordable = total > 0 ? (READ_BYTES / cursors.length) * (total / Math.max(1, bytes)) : MAX_COUNT;
    this.#count = Math.floor(Math.max(MIN_COUNT, Math.min(most * 2, affordable, MAX_COUNT)));
    if (affordable < MIN_COUNT) this.#count = Math.max(1, Math.floor(affordable));
    return taken;
  }

  /** Null for an entry that cannot be read: it is put aside, so that it stops nobody. */
  #decode({ partition, key }: Cursor, id: string, [server, bytes]: Buffer[]): LogEntry | null {
    try {
      const messages = decodeRoomMessages(bytes ?? new Uint8Array());
      return { partition, id, server: server?.toString() ?? "", messages };
    } catch (error) {
      const details = { err: error, channel: this.#channel, partition, entry: id, bytes: bytes?.length };
      this.#shared.log.error(details, "a log entry cannot be read and is put aside");
      this.#putAside(partition, key, id, bytes ?? Buffer.alloc(0)).catch((problem: unknown) => {
        this.#shared.log.error({ err: problem, entry: id }, "could not put a log entry aside");
      });
      return null;
    }
  }

  async #putAside(partition: number, key: string, id: string, bytes: Buffer): Promise<void> {
    const { control, keys } = this.#shared;
    const poison = keys.poison(this.#channel, partition);
    await control.run(poison, (redis) => redis.xadd(poison, "MAXLEN", POISON_KEPT, "*", id, bytes));
    await control.run(key, (redis) => redis.xdel(key, id));
  }

  async #handOver(entries: LogEntry[]): Promise<void> {
    try {
      await this.#handlers.onEntries(entries);
    } catch (error) {
      this.#shared.log.error({ err: error }, "onEntries failed; its entries stay in the log");
    }
  }

  /** Ends the command that is under way. It may not have reached Redis yet, so one attempt is not enough. */
  async #interrupt(): Promise<void> {
    const reading = this.#reading;
    if (!reading || this.#interrupting === reading) return;
    this.#interrupting = reading;
    const control = this.#shared.control.all().find(({ url }) => url === this.#connection.url);
    if (!control) return;
    for (let wait = 1; this.#reading === reading && this.#client !== null; wait = Math.min(wait * 2, 100)) {
      // Where this command is not allowed, the read ends by itself after BLOCK ms.
      const ended = await control.redis.client("UNBLOCK", this.#client).catch(() => 0);
      if (ended === 1) return;
      await pause(wait);
    }
  }
}

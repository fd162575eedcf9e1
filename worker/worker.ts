// One worker of one channel: reads the log of its partitions, hands each room what is waiting for it, acknowledges
// what is committed. Which partitions it owns is lease.ts' business, what a message means is room.ts'.
import type { ChannelLayer, WorkerLink } from "#lib/channel-layer/channel-layer.ts";
import type { Log } from "#lib/log.ts";
import type { LogEntry, RoomMessage, ServerMessage } from "#lib/messages.ts";
import { tally, workerMetrics } from "#lib/metrics.ts";
import { isPartitionName, partitionOf } from "#lib/partition.ts";
import { type OwnReport, startReports } from "#lib/process-report.ts";
import { LIMITS } from "#lib/protocol.ts";
import { roomTypeOf, storagesOf } from "#lib/room-types.ts";
import { Confirmations } from "./confirmations.ts";
import { Effort } from "./effort.ts";
import { Leases } from "./lease.ts";
import { LiveRoom } from "./live-room.ts";
import { answerOwner } from "./partition-api.ts";
import { Persistences } from "./persistences.ts";
import type { Item, RoomHost } from "./room-host.ts";
import { describeWorker } from "./room-report.ts";
import type { StorageName } from "./storage/index.ts";
import type { Fence, Storage } from "./storage/storage.ts";
import { Ticket } from "./ticket.ts";
import { within } from "./within.ts";
import { watchWorker } from "./worker-metrics.ts";

export interface WorkerOptions {
  id: string;
  channel: string;
  layer: ChannelLayer;
  storages: (name: StorageName) => Storage;
  log: Log;
  /** Called after every beat: this worker lives and its channel layer answers. */
  onBeat?(): void;
  /** Writes a diagnostic dump of this process; answers its path. */
  dump?(): Promise<string>;
}

/** ms between two looks for people and servers that are gone. */
const SWEEP = 5_000;
/** ms without reading, since too much is not committed, that are worth a line in the log. */
const HOLD_PATIENCE = 1_000;
/** ms that edits get to be committed when a partition is lost or the worker stops. */
const LAST_FLUSH = 8_000;

export interface Partition {
  number: number;
  /** Names this ownership; never used again. */
  term: string;
  /** One for each storage that rooms of this channel use. */
  fences: Map<StorageName, Fence>;
  rooms: Map<string, LiveRoom>;
  /** Bytes of its entries that are not acknowledged. */
  held: number;
  /** It is being given up: what was read of it is for the next owner. */
  ends: boolean;
}

export class Worker {
  readonly #options: WorkerOptions;
  readonly #persistences: Persistences;
  readonly #host: RoomHost;
  #partitions = new Map<number, Partition>();
  #link: WorkerLink | null = null;
  #leases: Leases | null = null;
  /** Raised when servers may have missed something, so that they ask for a resync. */
  #generation = 1;
  #terms = 1;
  #held = 0;
  #onLess: (() => void)[] = [];
  #stops: (() => void)[] = [];
  #missing = new Set<string>();

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#persistences = new Persistences(options.log, { atOnce: !options.layer.outlives });
    const confirmations = new Confirmations((server, message) => this.#deliver(server, message));
    this.#host = {
      log: options.log,
      effort: new Effort(),
      persistence: (storage) => this.#persistences.of(storage),
      deliver: (server, message) => this.#deliver(server, message),
      confirm: (server, connection, sequence) => confirmations.add(server, connection, sequence),
      onGone: (room) => this.#forget(room),
      onFenced: (partition) => this.#leases?.lost(partition),
    };
  }

  /** Resolves when it owns its share of the partitions that are free. */
  async start(): Promise<void> {
    const { id, channel, layer, log } = this.#options;
    this.#link = await layer.worker(id, channel, {
      onEntries: (entries) => this.#take(entries),
      onGap: () => {
        this.#generation++;
        this.#announce([...this.#partitions.keys()]);
      },
    });
    this.#leases = new Leases(
      id,
      this.#link,
      {
        take: (partition) => this.#open(partition),
        handOver: (partition) => this.#close(partition, true),
        lose: (partition) => this.#close(partition, false),
        onBeat: (owned) => {
          this.#announce(owned);
          this.#options.onBeat?.();
        },
      },
      log,
    );
    await this.#leases.start();
    const sweeper = setInterval(() => void this.#sweep(), SWEEP);
    this.#stops.push(
      () => clearInterval(sweeper),
      startReports(() => this.report(), layer),
      watchWorker(this.#partitions, () => this.#persistences.dirty),
    );
    log.info({ worker: id, channel, partitions: this.#partitions.size }, "worker started");
  }

  /** Saves everything and hands the partitions over. */
  async stop(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.#leases?.stop();
    await this.#link?.close();
    this.#options.log.info({ worker: this.#options.id }, "worker stopped");
  }

  async #open(partition: number): Promise<void> {
    const { id, channel, storages } = this.#options;
    const fences = new Map<StorageName, Fence>();
    for (const name of storagesOf(channel)) {
      fences.set(name, { channel, partition, epoch: await storages(name).own(channel, partition, id) });
    }
    const term = `${id}.${this.#terms++}`;
    this.#partitions.set(partition, { number: partition, term, fences, rooms: new Map(), held: 0, ends: false });
    this.#link?.open(partition);
    this.#announce([partition]);
  }

  async #close(partition: number, graceful: boolean): Promise<void> {
    this.#link?.shut(partition);
    const ending = this.#partitions.get(partition);
    if (ending) ending.ends = true;
    const rooms = [...(ending?.rooms.values() ?? [])];
    const unload = Promise.all(rooms.map((room) => (graceful ? room.unload(true) : room.flush())));
    if (!(await within(LAST_FLUSH, unload))) {
      this.#options.log.error({ partition, rooms: rooms.length }, "could not save in time; the log keeps the edits");
    }
    for (const room of rooms) room.abandon();
    this.#hold(-(ending?.held ?? 0));
    this.#partitions.delete(partition);
  }

  #announce(partitions: number[]): void {
    const { channel, layer } = this.#options;
    const owned = partitions.flatMap((partition) => {
      const { term, ends = true } = this.#partitions.get(partition) ?? {};
      return ends ? [] : [{ partition, term: `${term}.${this.#generation}` }];
    });
    if (owned.length === 0) return;
    layer.announce({ type: "owner", channel, owned }).catch(() => {
      // The beat says it again, and reports what is wrong with the layer.
    });
  }

  /** What this worker says of itself to the servers. */
  report(): OwnReport {
    const { id, channel } = this.#options;
    const owned = [...this.#partitions.values()];
    const rooms = owned.reduce((sum, partition) => sum + partition.rooms.size, 0);
    const partitions = owned.map(({ number }) => number).sort((a, b) => a - b);
    return { id, role: "worker", channel, rooms, connections: null, partitions };
  }

  /** For a diagnostic dump: ids and figures, no names. */
  describe(): unknown {
    return describeWorker(this.#options.id, this.#partitions.values(), this.#held, this.#persistences.dirty);
  }

  #deliver(server: string, message: ServerMessage): void {
    tally.messages.sent[message.type]++;
    this.#link?.deliver(server, [message]);
  }

  /** A question to the owner of the partition; it is answered beside the work on rooms. */
  #answer(partition: Partition, server: string, { request, method, args }: Extract<RoomMessage, { type: "request" }>) {
    const { id: worker, dump = () => Promise.reject(new Error("no dump in this process")) } = this.#options;
    const deliver = (to: string, message: ServerMessage) => this.#deliver(to, message);
    void answerOwner({ ...partition, worker, deliver, dump }, method, args).then((response) =>
      this.#deliver(server, { type: "response", request, ...response }),
    );
  }

  async #take(entries: LogEntry[]): Promise<void> {
    const started = performance.now();
    let messages = 0;
    const waiting = new Map<string, Item[]>();
    for (const entry of entries) {
      const partition = this.#partitions.get(entry.partition);
      // Whoever slept must not speak: another owner may have gone on, and taken out of the log what is missing here.
      if (!partition || partition.ends || this.#leases?.lapsed(entry.partition)) continue;
      const ticket = new Ticket(entry, (done) => this.#acknowledge(partition, done));
      partition.held += ticket.bytes;
      this.#hold(ticket.bytes);
      messages += entry.messages.length;
      for (const message of entry.messages) {
        tally.messages.received[message.type]++;
        if (message.type === "request" && isPartitionName(message.room)) {
          this.#answer(partition, entry.server, message);
          ticket.stub()();
          continue;
        }
        const items = waiting.get(message.room);
        if (message.type === "disconnect" && !items && !partition.rooms.has(message.room)) {
          // Nobody is in a room that is not here; it need not be loaded to let somebody leave.
          ticket.stub()();
          continue;
        }
        const item = { message, server: entry.server, release: ticket.stub() };
        if (items) items.push(item);
        else waiting.set(message.room, [item]);
      }
    }
    for (const [name, items] of waiting) this.#room(name)?.intake.add(items);
    workerMetrics.read.observe(messages);
    workerMetrics.apply.observe((performance.now() - started) / 1000);
    if (this.#held > LIMITS.heldBytes) await this.#untilLess();
  }

  async #untilLess(): Promise<void> {
    const { log } = this.#options;
    let said = false;
    const patience = setTimeout(() => {
      said = true;
      log.warn({ held: this.#held }, "as much as a worker may hold is not committed; it reads no more for now");
    }, HOLD_PATIENCE);
    while (this.#held > LIMITS.heldBytes) await new Promise<void>((resolve) => this.#onLess.push(resolve));
    clearTimeout(patience);
    if (said) log.info("the worker reads on");
  }

  #forget(room: LiveRoom): void {
    const rooms = this.#partitions.get(room.fence.partition)?.rooms;
    if (rooms?.get(room.name) === room) rooms.delete(room.name);
  }

  #room(name: string): LiveRoom | undefined {
    const partition = this.#partitions.get(partitionOf(name));
    if (!partition) return undefined;
    let room = partition.rooms.get(name);
    if (!room) {
      const type = roomTypeOf(name);
      const fence = partition.fences.get(type.storage);
      if (!fence) {
        // Its messages stay in the log.
        const text = "a room of another channel: do servers and workers have the same YROOM_SETTINGS?";
        this.#options.log.error({ room: name, channel: type.channel, storage: type.storage }, text);
        return undefined;
      }
      room = new LiveRoom(name, type, this.#options.storages(type.storage), fence, this.#host, partition.term);
      partition.rooms.set(name, room);
    }
    return room;
  }

  #acknowledge(partition: Partition, ticket: Ticket): void {
    // A partition that was lost and taken again is another object: its log is being read anew.
    if (this.#partitions.get(partition.number) !== partition) return;
    partition.held -= ticket.bytes;
    this.#hold(-ticket.bytes);
    this.#link?.acknowledge(partition.number, [ticket.id]);
  }

  #hold(bytes: number): void {
    this.#held += bytes;
    if (this.#held <= LIMITS.heldBytes) for (const resolve of this.#onLess.splice(0)) resolve();
  }

  async #sweep(): Promise<void> {
    try {
      const alive = new Set(await this.#link?.servers());
      // Twice in a row, for a server whose first beat is still on its way.
      const gone = new Set<string>();
      for (const { rooms } of this.#partitions.values()) {
        for (const room of rooms.values()) {
          for (const server of room.audience.servers()) if (!alive.has(server)) gone.add(server);
        }
      }
      const now = performance.now();
      for (const { rooms } of this.#partitions.values()) {
        for (const room of rooms.values()) room.sweep(now, (server) => gone.has(server) && this.#missing.has(server));
      }
      this.#missing = gone;
    } catch (error) {
      this.#options.log.debug({ err: error }, "sweep failed");
    }
  }
}

// All consumers of this server: takes what the channel layer says and finds the sockets it is for. Asks workers for a
// resync when something may have been missed, and makes clients start over when something may have been lost.
import { type ChannelLayer, SERVER_BEAT, type ServerLink } from "#lib/channel-layer/channel-layer.ts";
import { encodeNotice, encodeSaved } from "#lib/frames.ts";
import type { Log } from "#lib/log.ts";
import type { Announcement, Member, RoomMessage, ServerMessage, StatePart } from "#lib/messages.ts";
import { serverMetrics, tally } from "#lib/metrics.ts";
import type { OwnReport } from "#lib/process-report.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import type { ProcessReport } from "#lib/reports.ts";
import type { Requests } from "#lib/requests.ts";
import { roomTypeOf } from "#lib/room-types.ts";
import type { Admission } from "./admission.ts";
import { Consumer, type Outlet } from "./consumer.ts";
import { Departures, disconnectOf } from "./departures.ts";
import { KeptStates } from "./kept-states.ts";
import { Outgoing } from "./outgoing.ts";
import { Owners } from "./owners.ts";
import { allPartitionKeys, partitionKeyOf } from "./partition-keys.ts";
import { People } from "./people.ts";
import { Relay } from "./relay.ts";
import { Resyncs } from "./resyncs.ts";

export class Consumers {
  readonly states = new KeptStates();
  readonly owners = new Owners();
  readonly #log: Log;
  readonly #requests: () => Requests;
  readonly #onProcess: (report: ProcessReport) => void;
  readonly #departures = new Departures();
  readonly #resyncs = new Resyncs((partitions) => this.#resync(partitions));
  #id = "";
  #link: ServerLink | null = null;
  #beat: NodeJS.Timeout | null = null;
  #next = 1;
  #byId = new Map<number, Consumer>();
  #byRoom = new Map<string, Set<Consumer>>();
  #people = new People();
  readonly #relay = new Relay({
    tell: (room, frame) => this.#tell(this.#byRoom.get(room) ?? [], new Outgoing([frame])),
    connections: (room) => this.#byRoom.get(room)?.size ?? 0,
  });

  /** `requests` receives the responses of workers, `onProcess` what servers and workers say of themselves. */
  constructor(log: Log, requests: () => Requests, onProcess: (report: ProcessReport) => void = () => {}) {
    this.#log = log;
    this.#onProcess = onProcess;
    this.#requests = requests;
  }

  /** Registers with the channel layer as server `id`. */
  async start(id: string, layer: ChannelLayer): Promise<void> {
    this.#id = id;
    this.#link = await layer.server(id, {
      onMessages: (messages) => {
        for (const message of messages) this.#receive(message);
      },
      onAnnouncement: (announcement) => this.#hear(announcement),
      onGap: () => {
        serverMetrics.restarts.inc({ reason: "gap" });
        this.#log.warn({ connections: this.#byId.size }, "messages may have been missed; asking for a resync");
        this.states.doubt(() => true);
        this.#resyncs.gather(allPartitionKeys());
      },
      onLost: (error, concerns) => {
        const concerned = [...this.#byId.values()].filter(({ admission }) =>
          concerns(admission.channel, admission.room),
        );
        if (concerned.length > 0) {
          serverMetrics.restarts.inc({ reason: "lost" });
          this.#log.warn({ err: error, connections: concerned.length }, "messages may be lost; clients start over");
        }
        for (const consumer of concerned) consumer.close(CLOSE.restart, "the connection to the worker was interrupted");
        this.#departures.lost(concerns);
      },
    });
    const beat = () => this.#sayAlive().catch((error) => this.#log.debug({ err: error }, "beat failed"));
    this.#beat = setInterval(beat, SERVER_BEAT);
    await this.#sayAlive();
  }

  async #sayAlive(): Promise<void> {
    await this.#link?.beat(this.presence());
    this.#departures.settle(this.send);
    this.states.sweep();
  }

  /** Hands a message to the worker of its room; used by consumers and requests. */
  readonly send = (channel: string, message: RoomMessage): void => {
    tally.messages.sent[message.type]++;
    this.#link?.send(channel, message);
  };

  /** How many rooms somebody is connected to. */
  get rooms(): number {
    return this.#byRoom.size;
  }

  get size(): number {
    return this.#byId.size;
  }

  all(): Iterable<Consumer> {
    return this.#byId.values();
  }

  /** What this server says of itself to all servers. */
  report(): OwnReport {
    const { rooms, size: connections } = this;
    return { id: this.#id, role: "server", channel: null, rooms, connections, partitions: null };
  }

  /** For a diagnostic dump: ids and figures, no names. */
  describe(): unknown {
    return {
      id: this.#id,
      ready: this.owners.whyNotReady() ?? "yes",
      owners: this.owners.all(),
      rooms: this.#byRoom.size,
      keptStateBytes: this.states.bytes,
      connections: [...this.#byId.values()].map(({ logFields, buffered }) => ({ ...logFields, buffered })),
    };
  }

  /** Everybody who is connected to this server, once per room. */
  presence(): Map<string, Member[]> {
    const presence = new Map<string, Member[]>();
    for (const [room, consumers] of this.#byRoom) {
      const members = new Map<string, Member>();
      for (const { admission } of consumers) members.set(admission.member.id, admission.member);
      presence.set(room, [...members.values()]);
    }
    return presence;
  }

  /** Whether this person has as many connections as one may have. */
  isCrowd({ member }: Admission): boolean {
    return this.#people.connections(member.id) >= LIMITS.connectionsPerPerson;
  }

  /** A client was let in. It is known to the worker from now on. */
  add(admission: Admission, outlet: Outlet): Consumer {
    const host = {
      server: this.#id,
      log: this.#log,
      send: this.send,
      refusal: ({ channel, room, member }: Admission, bytes: number) =>
        this.#people.refusal(member.id, bytes, this.#link?.pressure(channel, room) ?? 0),
      stateOf: (room: string) => this.states.idOf(room),
      answer: (to: Admission, payload: Uint8Array) => this.states.answer(to, payload),
      relay: (speaker: Consumer, payload: Uint8Array) => this.#relay.take(speaker, payload),
      onClosed: (consumer: Consumer) => this.#remove(consumer),
    };
    const consumer = new Consumer(admission.connectionId ?? this.#next++, outlet, admission, host);
    this.#byId.set(consumer.id, consumer);
    this.#people.join(admission.member.id);
    const inRoom = this.#byRoom.get(admission.room);
    if (inRoom) inRoom.add(consumer);
    else this.#byRoom.set(admission.room, new Set([consumer]));
    // Whoever joins shall not see those who left.
    this.#departures.hurry(this.send);
    return consumer;
  }

  #remove(consumer: Consumer): void {
    const { channel, room } = consumer.admission;
    this.#byId.delete(consumer.id);
    this.#people.part(consumer.admission.member.id);
    const inRoom = this.#byRoom.get(room);
    inRoom?.delete(consumer);
    if (inRoom?.size === 0) {
      this.#byRoom.delete(room);
      this.states.forget(room);
    }
    const departure = { channel, room, connection: consumer.id, clients: this.#relay.end(consumer) };
    this.#departures.add(departure);
    this.send(channel, disconnectOf(departure));
  }

  #receive(message: ServerMessage): void {
    tally.messages.received[message.type]++;
    switch (message.type) {
      case "forward": {
        const { room, payloads, state } = message;
        if (message.to === "all") this.states.told(room, payloads);
        const bytes = state ? this.#take(room, state, [...this.#find(message)].length > 0) : null;
        if (state && !bytes) {
          this.#log.debug({ room }, "a state is not kept any more; asking for it");
          for (const consumer of this.#find(message)) consumer.connect(true);
          return;
        }
        this.#tell(this.#find(message), new Outgoing(payloads, state && bytes ? { at: state.at, bytes } : null));
        return;
      }
      case "close":
        for (const consumer of [...this.#find(message)]) consumer.close(message.code, message.reason);
        return;
      case "saved":
        for (const [id, sequence] of message.frames) {
          this.#byId.get(id)?.forward(new Outgoing([encodeSaved(sequence)]));
        }
        return;
      case "own":
        for (const [id, client] of message.clients) {
          const consumer = this.#byId.get(id);
          if (consumer) this.#relay.own(consumer, client);
        }
        return;
      case "response":
        this.#requests().receive(message);
        return;
    }
  }

  #tell(consumers: Iterable<Consumer>, outgoing: Outgoing): void {
    for (const consumer of consumers) consumer.forward(outgoing);
  }

  /**
   * The bytes of a state; null if a worker counts on this server for it, and it is not here any more. What follows it is told
   * here only if somebody it is for `isHere`, and the worker still owns the room and knows of everybody.
   */
  #take(room: string, { id, term, bytes }: StatePart, isHere: boolean): Uint8Array | null {
    const { channel } = roomTypeOf(room);
    const isKnown = !this.#resyncs.isPlanned(partitionKeyOf(channel, room));
    const lasts = isHere && isKnown && term !== null && this.owners.isLatest(channel, room, term);
    if (!bytes) return this.states.find(room, id, lasts);
    if (this.#byRoom.has(room)) this.states.keep(room, id, bytes, lasts);
    return bytes;
  }

  *#find({ room, to }: { room: string; to: number[] | "all" }): Generator<Consumer> {
    if (to === "all") {
      yield* this.#byRoom.get(room) ?? [];
      return;
    }
    for (const id of to) {
      const consumer = this.#byId.get(id);
      if (consumer?.admission.room === room) yield consumer;
      // Its `disconnect` is on its way, or the worker replays a `connect` of somebody who left long ago.
      else this.#departures.owe(roomTypeOf(room).channel, room, id);
    }
  }

  #hear(announcement: Announcement): void {
    switch (announcement.type) {
      case "owner":
        this.#meet(announcement.channel, this.owners.hear(announcement));
        return;
      case "process":
        this.#onProcess(announcement.report);
        return;
      case "notice": {
        const outgoing = new Outgoing([encodeNotice(announcement.notice)]);
        for (const consumer of this.#byRoom.get(announcement.room) ?? []) {
          if (consumer.admission.options.extended) consumer.forward(outgoing);
        }
        return;
      }
      case "close": {
        const { room, userId, code, reason } = announcement;
        for (const consumer of [...this.#byId.values()]) {
          const { admission } = consumer;
          if (room !== null && admission.room !== room) continue;
          if (userId !== null && admission.member.id !== userId) continue;
          consumer.close(code, reason);
        }
        return;
      }
    }
  }

  /** Workers that may not know who is here; what they told before is not all any more. */
  #meet(channel: string, partitions: string[]): void {
    const renewed = new Set(partitions);
    if (renewed.size > 0) this.states.doubt((room) => renewed.has(partitionKeyOf(channel, room)));
    this.#resyncs.ask(partitions);
  }

  /** Tells workers who is here and, with the next beat, when all servers have done so, who left lately. */
  #resync(partitions: ReadonlySet<string>): void {
    const concerns = (channel: string, room: string) => partitions.has(partitionKeyOf(channel, room));
    for (const consumer of this.#byId.values()) {
      if (concerns(consumer.admission.channel, consumer.admission.room)) consumer.connect(true);
    }
    this.#departures.lost(concerns);
  }

  /** Every client reconnects by itself, with jitter. */
  closeAll(reason: string): void {
    for (const consumer of [...this.#byId.values()]) consumer.close(CLOSE.restart, reason);
  }

  async stop(): Promise<void> {
    if (this.#beat) clearInterval(this.#beat);
    this.#resyncs.stop();
    this.closeAll("the server is stopping");
    await this.#link?.close();
  }
}

// The transport between servers and workers, seen from both ends. Towards the worker it is a log: a message stays
// until it is acknowledged, and is replayed to the next owner of its partition. Towards servers it is a broadcast
// that may be cut: a cut is reported as a gap, and whoever hears of a gap asks for a resync. Nothing is ever dropped
// silently. `contract.ts` beside this file is the acceptance suite of every implementation.
import type { Announcement, LogEntry, Member, RoomMessage, ServerMessage } from "#lib/messages.ts";

export interface ChannelLayer {
  /** "memory" or "redis", for logs and the readiness page. */
  readonly name: string;
  /** Whether the log outlives this process: then there is no hurry to commit. */
  readonly outlives: boolean;
  /** Registers a server process. Resolves once messages for it arrive. */
  server(id: string, handlers: ServerHandlers): Promise<ServerLink>;
  /** Registers a worker process of a channel. It reads nothing until it opens a partition. */
  worker(id: string, channel: string, handlers: WorkerHandlers): Promise<WorkerLink>;
  /** To every server. */
  announce(announcement: Announcement): Promise<void>;
  /** Who is in these rooms now, over all servers, one entry per user; rooms with nobody are absent. */
  presence(rooms: string[]): Promise<Map<string, Member[]>>;
  /** Resolves when nothing that would end with this process waits to be acknowledged; at once if the log outlives it. */
  drain(): Promise<void>;
  /** How many entries of each partition's log are not acknowledged; the index is the partition. */
  backlog(channel: string): Promise<number[]>;
  /** Rejects when the transport cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface ServerHandlers {
  /** If it throws, that is a gap. */
  onMessages(messages: ServerMessage[]): void;
  onAnnouncement(announcement: Announcement): void;
  /** Messages for this server may have been missed, or workers may have forgotten its connections. */
  onGap(): void;
  /**
   * Messages given to `send` may not have reached the log; the connections they came from must start over. Messages of
   * rooms for which `concerns` says no are safe.
   */
  onLost(error: Error, concerns: (channel: string, room: string) => boolean): void;
}

export interface ServerLink {
  /**
   * Appends to the log of the room's partition. Order is kept per room. What is sent about then travels as
   * one entry per partition. The message and its bytes must not be changed any more: what a socket
   * received is not, as ws and Node hand out memory of its own with each read. Never throws and never blocks; a failure is reported by `onLost`.
   */
  send(channel: string, message: RoomMessage): void;
  /**
   * How much waits on the way to this room's worker, as a part of what may (LIMITS): 0 is nothing, at 1 no more should be
   * sent. It is what does not reach the log, or what is in the log and not committed, whichever is worse.
   */
  pressure(channel: string, room: string): number;
  /**
   * Says that this server lives and who is connected to it; without one for SERVER_TTL it counts as gone, and hears of
   * a gap when it beats again.
   */
  beat(presence: Map<string, Member[]>): Promise<void>;
  close(): Promise<void>;
}

export interface WorkerHandlers {
  /** Everything that one read returned, in log order per partition. The next read waits for the promise. */
  onEntries(entries: LogEntry[]): Promise<void>;
  /** Messages given to `deliver` may have been missed by their server. */
  onGap(): void;
}

export interface WorkerLink {
  /** Says that this worker lives; answers the ids of all live workers of the channel, this one included, sorted. */
  beat(): Promise<string[]>;
  /** The others do not count on this worker any more; everything else goes on until it is closed. */
  leave(): Promise<void>;
  /** Takes or renews the lease of a partition for LEASE_TTL. False: another worker holds it. */
  lease(partition: number): Promise<boolean>;
  /** Gives the lease back, if it is still ours. */
  release(partition: number): Promise<void>;
  /** Starts reading a partition from its oldest entry that is not acknowledged. */
  open(partition: number): void;
  /** Stops reading it; entries of it that were read and not acknowledged stay for the next owner. */
  shut(partition: number): void;
  /** Removes entries from the log: everything in them is committed. Nothing if another worker holds the lease. */
  acknowledge(partition: number, ids: string[]): void;
  /** To one server; batched per turn of the event loop. Never throws; a failure is reported by `onGap`. */
  deliver(server: string, messages: ServerMessage[]): void;
  /** Ids of the servers that live. */
  servers(): Promise<string[]>;
  close(): Promise<void>;
}

/** ms without a beat after which a server counts as gone. */
export const SERVER_TTL = 10_000;
/**
 * ms that a lease lasts without renewal, and without a beat after which a worker counts as gone; a dead owner is
 * replaced within this and one beat.
 */
export const LEASE_TTL = 3_000;
/** ms between two beats of a worker (leases are renewed with it), and of a server. */
export const WORKER_BEAT = 750;
export const SERVER_BEAT = 2_500;

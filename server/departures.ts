// The connections that ended lately, and which of them a worker may not have heard of: a `disconnect` can be lost on its
// way to the log like everything else, and a worker that replays the log meets people who left long ago. Both would stay
// in their room for ever, and the room in memory. To say once more that somebody left changes nothing, so what is owed is
// said again.
import type { RoomMessage } from "#lib/messages.ts";

/** ms after which a loss is reported at the latest; by then a worker without Redis has lost its rooms, too. */
const REMEMBERED = 30_000;

/** A connection that is over, with its awareness clients as they go into its `disconnect`. */
export interface Departure {
  channel: string;
  room: string;
  connection: number;
  clients: [client: number, clock: number][];
}

type Send = (channel: string, message: RoomMessage) => void;

interface Owed {
  departure: Departure;
  /** With so many more beats. */
  beats: number;
  /** Since the last beat. */
  isSaid: boolean;
}

export class Departures {
  readonly #now: () => number;
  /** In the order of their ends. */
  #recent = new Map<number, Departure & { at: number }>();
  #owed = new Map<string, Owed>();

  /** `now` is a monotonic clock in ms. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** It ended, and its `disconnect` is on its way. */
  add(departure: Departure): void {
    const at = this.#now();
    for (const [oldest, { at: then }] of this.#recent) {
      if (at - then <= REMEMBERED) break;
      this.#recent.delete(oldest);
    }
    this.#recent.delete(departure.connection);
    this.#recent.set(departure.connection, { ...departure, at });
  }

  /** What was sent lately to rooms for which `concerns` says yes may not have arrived, or is not known any more. */
  lost(concerns: (channel: string, room: string) => boolean): void {
    for (const departure of this.#recent.values())
      if (concerns(departure.channel, departure.room)) this.#owe(departure, 2);
  }

  /** A worker takes this connection, which is not open, for open. */
  owe(channel: string, room: string, connection: number): void {
    const recent = this.#recent.get(connection);
    this.#owe(recent?.room === room ? recent : { channel, room, connection, clients: [] }, 1);
  }

  #owe(departure: Departure, beats: number): void {
    this.#owed.set(`${departure.connection} ${departure.room}`, { departure, beats, isSaid: false });
  }

  /**
   * To be called with every beat, when the way to the log seems to be open: says what is owed. What was lost is said with
   * two of them: a new owner may hear of it sooner than of those who are to be told, who are on other servers.
   */
  settle(send: Send): void {
    for (const [key, owed] of this.#owed) {
      if (--owed.beats === 0) this.#owed.delete(key);
      owed.isSaid = false;
      this.#say(owed.departure, send);
    }
  }

  /** Says what is owed and was not said since the last beat; it stays owed. */
  hurry(send: Send): void {
    for (const owed of this.#owed.values()) {
      if (owed.isSaid) continue;
      owed.isSaid = true;
      this.#say(owed.departure, send);
    }
  }

  #say(departure: Departure, send: Send): void {
    this.add(departure);
    send(departure.channel, disconnectOf(departure));
  }
}

export function disconnectOf({ room, connection, clients }: Departure): RoomMessage {
  return { type: "disconnect", room, connection, clients };
}

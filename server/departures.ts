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

export class Departures {
  readonly #now: () => number;
  /** In the order of their ends. */
  #recent = new Map<number, Departure & { at: number }>();
  #owed = new Map<string, Departure>();

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
      if (concerns(departure.channel, departure.room)) this.#owe(departure);
  }

  /** A worker takes this connection, which is not open, for open. */
  owe(channel: string, room: string, connection: number): void {
    const recent = this.#recent.get(connection);
    this.#owe(recent?.room === room ? recent : { channel, room, connection, clients: [] });
  }

  #owe(departure: Departure): void {
    this.#owed.set(`${departure.connection} ${departure.room}`, departure);
  }

  /** To be called when the way to the log seems to be open: hands over what is owed, to be sent once more. */
  settle(send: (channel: string, message: RoomMessage) => void): void {
    if (this.#owed.size === 0) return;
    const owed = [...this.#owed.values()];
    this.#owed.clear();
    for (const departure of owed) {
      this.add(departure);
      send(departure.channel, disconnectOf(departure));
    }
  }
}

export function disconnectOf({ room, connection, clients }: Departure): RoomMessage {
  return { type: "disconnect", room, connection, clients };
}

// The connections that ended lately, and which of them a worker may not have heard of: a `disconnect` can be lost on its
// way to the log like everything else, and a worker that replays the log meets people who left long ago. Both would stay
// in their room for ever, and the room in memory. To say once more that somebody left changes nothing, so what is owed is
// said again.
import type { RoomMessage } from "#lib/messages.ts";

/** ms after which a loss is reported at the latest; by then a worker without Redis has lost its rooms, too. */
const REMEMBERED = 30_000;

/** A connection that is over. */
export interface Departure {
  channel: string;
  room: string;
  connection: number;
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
  add({ channel, room, connection }: Departure): void {
    const at = this.#now();
    for (const [oldest, departure] of this.#recent) {
      if (at - departure.at <= REMEMBERED) break;
      this.#recent.delete(oldest);
    }
    this.#recent.delete(connection);
    this.#recent.set(connection, { channel, room, connection, at });
  }

  /** What was sent lately to rooms for which `concerns` says yes may not have arrived. */
  lost(concerns: (channel: string, room: string) => boolean): void {
    for (const departure of this.#recent.values()) if (concerns(departure.channel, departure.room)) this.owe(departure);
  }

  /** A worker takes this connection for open. */
  owe({ channel, room, connection }: Departure): void {
    this.#owed.set(`${connection} ${room}`, { channel, room, connection });
  }

  /** To be called when the way to the log seems to be open: hands over what is owed, to be sent once more. */
  settle(send: (channel: string, message: RoomMessage) => void): void {
    const owed = [...this.#owed.values()];
    this.#owed.clear();
    for (const departure of owed) {
      this.add(departure);
      send(departure.channel, { type: "disconnect", room: departure.room, connection: departure.connection });
    }
  }
}

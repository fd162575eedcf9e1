// The server-side object of one client of one room: passes its frames on as messages, and frames from the channel layer
// to its outlet. It knows no Yjs and never looks into a frame. Sockets and their limits are client-socket.ts, what a
// client speaks is its gate's business.
import type { Log } from "#lib/log.ts";
import type { RoomMessage } from "#lib/messages.ts";
import { CLOSE } from "#lib/protocol.ts";
import type { Admission } from "./admission.ts";
import type { Closing } from "./client-socket.ts";
import type { Outgoing } from "./outgoing.ts";

/** The way to the client: a socket, or one of several documents on a socket. */
export interface Outlet {
  send(outgoing: Outgoing): void;
  /** The connection is over; the client is to hear of it. */
  close(code: number, reason: string): void;
  /** Bytes that wait for the client to read. */
  readonly buffered: number;
}

export interface ConsumerHost {
  /** Id of this server. */
  server: string;
  log: Log;
  send(channel: string, message: RoomMessage): void;
  /** Id of the room's state that is kept here. */
  stateOf(room: string): string | null;
  /** The answer to a client's first frame, if this server can give it. */
  answer(admission: Admission, payload: Uint8Array): Outgoing | null;
  /** Whether this server tells the frame to its own people of the room. */
  relay(consumer: Consumer, payload: Uint8Array): boolean;
  /** Why no more can be taken of this person now; null if there is room for so many bytes. */
  refusal(admission: Admission, bytes: number): string | null;
  /** It is over, and the worker is to hear of it. */
  onClosed(consumer: Consumer): void;
}

export class Consumer {
  readonly id: number;
  readonly admission: Admission;
  readonly #outlet: Outlet;
  readonly #host: ConsumerHost;
  #sequence = 0;
  #open = true;

  /** `id` is never used again by this server. */
  constructor(id: number, outlet: Outlet, admission: Admission, host: ConsumerHost) {
    this.id = id;
    this.admission = admission;
    this.#outlet = outlet;
    this.#host = host;
    host.log.debug(this.logFields, "connected");
    this.connect(false);
  }

  /** Tells the worker that this connection is there; `resync` if it was there before and may have missed something. */
  connect(resync: boolean): void {
    const { room, channel, member, options } = this.admission;
    const state = this.#host.stateOf(room);
    this.#host.send(channel, { type: "connect", room, connection: this.id, member, options, resync, state });
  }

  /** Passes on a frame of the client, without an address, or ends the connection. Answers its number, counted from 1. */
  receive(payload: Uint8Array): number {
    const { room, channel, member, options } = this.admission;
    this.#sequence++;
    const refusal = this.#open ? this.#host.refusal(this.admission, payload.length) : null;
    if (refusal !== null) this.close(CLOSE.unavailable, refusal);
    if (!this.#open) return this.#sequence;
    const answer = this.#sequence === 1 ? this.#host.answer(this.admission, payload) : null;
    this.#host.send(channel, {
      type: "receive",
      room,
      connection: this.id,
      sequence: this.#sequence,
      userId: member.id,
      options,
      relayed: this.#host.relay(this, payload),
      answered: answer !== null,
      payload,
    });
    if (answer) this.forward(answer);
    return this.#sequence;
  }

  forward(outgoing: Outgoing): void {
    if (this.#open) this.#outlet.send(outgoing);
  }

  /** Bytes that wait for the client to read. */
  get buffered(): number {
    return this.#outlet.buffered;
  }

  /** What a log line about it carries; the worker writes the same room and connection. */
  get logFields(): { room: string; connection: string; user: string } {
    const { room, member } = this.admission;
    return { room, connection: `${this.#host.server}/${this.id}`, user: member.id };
  }

  /** The reason is for people who read logs; the page explains the code in its own words. */
  close(code: number, reason: string): void {
    if (!this.#open) return;
    this.end({ code, reason });
    this.#outlet.close(code, reason);
  }

  /** The client is gone, or this server ended its socket. */
  end(closing: Closing | null = null): void {
    if (!this.#open) return;
    this.#open = false;
    if (closing) this.#host.log.info({ ...this.logFields, ...closing }, "closing a connection");
    else this.#host.log.debug(this.logFields, "disconnected");
    this.#host.onClosed(this);
  }
}

// The server-side object of one WebSocket: passes its frames on as messages, and frames from the channel layer to
// the socket. It knows no Yjs and never looks into a frame; limits and liveness are checked here.
import type { WebSocket } from "ws";
import type { Log } from "#lib/log.ts";
import type { ClientOptions, Member, RoomMessage } from "#lib/messages.ts";
import { CLOSE, type CloseCode, LIMITS } from "#lib/protocol.ts";
import { RateLimit } from "./limits.ts";

/** Who connects, to what, and with which rights; decided in upgrade.ts. */
export interface Admission {
  room: string;
  /** Channel of the room's type. */
  channel: string;
  documentId: string;
  member: Member;
  /** The session's version at login; an account with another one has signed this session out. */
  sessionVersion: number;
  options: ClientOptions;
}

export interface ConsumerHost {
  log: Log;
  send(channel: string, message: RoomMessage): void;
  onClosed(consumer: Consumer): void;
}

/** ms that a closing handshake may take before the socket is cut. */
const CLOSE_TIMEOUT = 2_000;

export class Consumer {
  readonly id: number;
  readonly admission: Admission;
  readonly #socket: WebSocket;
  readonly #host: ConsumerHost;
  readonly #rate = new RateLimit(LIMITS.framesPerSecond, LIMITS.frameBurst);
  #sequence = 0;
  #open = true;
  #heard = true;

  /** `id` is never used again by this server. */
  constructor(id: number, socket: WebSocket, admission: Admission, host: ConsumerHost) {
    this.id = id;
    this.admission = admission;
    this.#socket = socket;
    this.#host = host;
    socket.on("message", (data: Buffer, isBinary: boolean) => this.#receive(data, isBinary));
    socket.on("pong", () => {
      this.#heard = true;
    });
    socket.on("close", () => this.#end());
    socket.on("error", (error) => host.log.debug({ err: error, connection: id }, "socket error"));
    this.connect(false);
  }

  /** Tells the worker that this connection is there; `resync` if it was there before and may have missed something. */
  connect(resync: boolean): void {
    const { room, channel, member, options } = this.admission;
    this.#host.send(channel, { type: "connect", room, connection: this.id, member, options, resync });
  }

  #receive(data: Buffer, isBinary: boolean): void {
    this.#heard = true;
    if (!this.#open || !isBinary || data.length === 0) return;
    if (data.length > LIMITS.frameBytes) {
      this.close(CLOSE.tooLarge, `a frame has at most ${LIMITS.frameBytes} bytes`);
      return;
    }
    if (!this.#rate.take()) {
      this.close(CLOSE.tooFast, `at most ${LIMITS.framesPerSecond} frames a second`);
      return;
    }
    const { room, channel, member, options } = this.admission;
    this.#sequence++;
    this.#host.send(channel, {
      type: "receive",
      room,
      connection: this.id,
      sequence: this.#sequence,
      userId: member.id,
      options,
      payload: data,
    });
  }

  /** Writes one frame. A client that reads too slowly is closed: it starts over and misses nothing. */
  forward(frame: Uint8Array): void {
    if (!this.#open) return;
    if (this.#socket.bufferedAmount > LIMITS.sendBuffer) {
      this.close(CLOSE.fellBehind, "this client reads too slowly");
      this.#socket.terminate();
      return;
    }
    this.#socket.send(frame, { binary: true });
  }

  /** False if nothing was heard since the last call; asks for a sign of life. */
  checkAlive(): boolean {
    const heard = this.#heard;
    this.#heard = false;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
    return heard;
  }

  /** Ends a connection that does not answer. */
  cut(): void {
    this.#socket.terminate();
  }

  /** The reason is for people who read logs; the page explains the code in its own words. */
  close(code: CloseCode | number, reason: string): void {
    if (!this.#open) return;
    const { room, member } = this.admission;
    this.#host.log.info({ room, connection: this.id, user: member.id, code, reason }, "closing a connection");
    this.#socket.close(code, reason.slice(0, 100));
    setTimeout(() => this.#socket.terminate(), CLOSE_TIMEOUT).unref();
    this.#end();
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    const { room, channel } = this.admission;
    this.#host.send(channel, { type: "disconnect", room, connection: this.id });
    this.#host.onClosed(this);
  }
}

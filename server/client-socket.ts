// One WebSocket with its limits: how large and how frequent frames may be, how much may wait for a client that does
// not read, whether the other end is alive. What the frames mean is the business of a gate.
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Log } from "#lib/log.ts";
import { countClose, tally } from "#lib/metrics.ts";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import type { Corks } from "./corks.ts";
import { RateLimit } from "./limits.ts";

/** Why this server ended a connection; the reason is for people who read logs. */
export interface Closing {
  code: number;
  reason: string;
}

export interface ClientSocketHandlers {
  /** A binary frame that is not empty and within the limits. */
  onFrame(frame: Uint8Array): void;
  /** Called once: nothing comes any more, and nothing that is written arrives. Null if the client ended it. */
  onEnd(closing: Closing | null): void;
}

/** ms that a closing handshake may take before the socket is cut. */
const CLOSE_TIMEOUT = 2_000;

export class ClientSocket {
  readonly #socket: WebSocket;
  /** The TCP connection below, for frames that were encoded once for many sockets. */
  readonly #wire: Duplex;
  readonly #log: Log;
  readonly #corks: Corks;
  readonly #rate = new RateLimit(LIMITS.framesPerSecond, LIMITS.frameBurst);
  readonly #byteRate = new RateLimit(LIMITS.bytesPerSecond, LIMITS.byteBurst);
  #handlers: ClientSocketHandlers | null = null;
  #onGone: () => void = () => {};
  #open = true;
  #closing: Closing | null = null;
  #heard = true;

  constructor(socket: WebSocket, wire: Duplex, log: Log, corks: Corks) {
    this.#socket = socket;
    this.#corks = corks;
    this.#wire = wire;
    this.#log = log;
    socket.on("message", (data: Buffer, isBinary: boolean) => this.#receive(data, isBinary));
    socket.on("ping", () => this.#receivePing());
    socket.on("pong", () => {
      this.#heard = true;
    });
    socket.on("close", (code) => {
      countClose(this.#closing?.code ?? code);
      this.#end();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      // ws closes by itself what is too large even to be read.
      if (error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") this.#closing ??= { code: 1009, reason: error.message };
      log.debug({ err: error }, "socket error");
    });
  }

  /** To be called once, before the next turn of the event loop. */
  listen(handlers: ClientSocketHandlers): void {
    this.#handlers = handlers;
  }

  /** For whoever keeps a list of sockets. */
  onGone(callback: () => void): void {
    this.#onGone = callback;
  }

  /** Bytes that wait for the client to read. */
  get buffered(): number {
    return this.#wire.writableLength;
  }

  #receive(data: Buffer, isBinary: boolean): void {
    this.#heard = true;
    if (!this.#open) return;
    tally.frames.in++;
    tally.frameBytes.in += data.length;
    // Text and empty frames are ignored, but take their turn: reading them is work, too.
    if (data.length > LIMITS.frameBytes) {
      this.close(CLOSE.tooLarge, `a frame has at most ${LIMITS.frameBytes} bytes`);
    } else if (!this.#rate.take()) {
      this.close(CLOSE.tooFast, `at most ${LIMITS.framesPerSecond} frames a second`);
    } else if (!this.#byteRate.take(data.length)) {
      this.close(CLOSE.tooFast, `at most ${LIMITS.bytesPerSecond} bytes a second`);
    } else if (isBinary && data.length > 0) {
      this.#handlers?.onFrame(data);
    }
  }

  /** Each is answered by a pong. */
  #receivePing(): void {
    this.#heard = true;
    if (this.#open && !this.#rate.take())
      this.close(CLOSE.tooFast, `at most ${LIMITS.framesPerSecond} frames a second`);
  }

  /** Writes WebSocket frames (outgoing.ts), in pieces of any size. A client that reads too slowly is cut: it starts over and misses nothing. */
  write(frames: readonly Uint8Array[]): void {
    if (!this.#open || !this.#wire.writable) return;
    if (this.buffered > LIMITS.sendBuffer) {
      this.close(CLOSE.fellBehind, "this client reads too slowly");
      this.#socket.terminate();
      return;
    }
    tally.frames.out++;
    this.#corks.cork(this.#wire);
    for (const piece of frames) {
      tally.frameBytes.out += piece.length;
      this.#wire.write(piece);
    }
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
    this.#closing ??= { code: 1006, reason: "no sign of life" };
    this.#socket.terminate();
  }

  /** The reason is for people who read logs; the page explains the code in its own words. */
  close(code: number, reason: string): void {
    if (!this.#open) return;
    this.#closing = { code, reason };
    this.#log.debug({ code, reason }, "closing a socket");
    // A close frame has room for 123 bytes of reason.
    this.#socket.close(code, reason.slice(0, 100));
    setTimeout(() => this.#socket.terminate(), CLOSE_TIMEOUT).unref();
    this.#end();
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#handlers?.onEnd(this.#closing);
    this.#onGone();
  }
}

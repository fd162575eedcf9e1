// A WebSocket client as small as the load needs it: no events per frame, no copies, one read buffer for all sockets,
// so that the generator is not what a measurement finds. It talks to servers on this machine and trusts them.
import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** Handlers of one socket. A payload is valid only until its handler returns. */
export interface SocketHandlers {
  onOpen(): void;
  onFrame(payload: Buffer): void;
  /** Called once. `code` is the close code, 1006 if the connection just ended. */
  onClose(code: number, reason: string): void;
}

export interface Address {
  /** ws://127.0.0.1:port/path */
  url: string;
  headers: Record<string, string>;
}

const readBuffer = Buffer.alloc(256 * 1024);
const BINARY = 0x82;

/** `payload` as a masked binary frame. The mask is zero, so nothing has to be masked. */
export function encodeClientFrame(payload: Uint8Array, opcode = BINARY): Buffer {
  const { length } = payload;
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + 4 + length);
  frame[0] = opcode;
  frame[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (head === 4) frame.writeUInt16BE(length, 2);
  if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.writeUInt32BE(0, head);
  frame.set(payload, head + 4);
  return frame;
}

export class LoadSocket {
  readonly #handlers: SocketHandlers;
  readonly #wire: Socket;
  #upgraded = false;
  #rest: Buffer | null = null;
  #closed = false;
  #code = 1006;
  #reason = "";

  constructor({ url, headers }: Address, handlers: SocketHandlers) {
    this.#handlers = handlers;
    const { hostname, port, pathname, search } = new URL(url);
    const callback = (size: number, buffer: Uint8Array) => {
      this.#read(Buffer.from(buffer.buffer, buffer.byteOffset, size));
      return true;
    };
    this.#wire = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: { buffer: readBuffer, callback },
    });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#wire.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n${lines.join("")}\r\n`,
    );
    this.#wire.on("error", (error) => {
      this.#reason ||= error.message;
    });
    this.#wire.on("end", () => this.#wire.end());
    this.#wire.on("close", () => this.#end());
  }

  send(payload: Uint8Array): void {
    this.#wire.write(encodeClientFrame(payload));
  }

  /** Ends the connection without a handshake. */
  destroy(): void {
    this.#wire.destroy();
  }

  /** Says goodbye first. */
  close(): void {
    this.#wire.end(encodeClientFrame(Uint8Array.of(0x03, 0xe8), 0x88));
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#handlers.onClose(this.#code, this.#reason);
  }

  #read(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = null;
    let at = 0;
    if (!this.#upgraded) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end === -1) {
        this.#rest = Buffer.from(bytes);
        return;
      }
      const status = bytes.toString("latin1", 9, 12);
      if (status !== "101") {
        this.#reason = `HTTP ${status}`;
        this.#wire.destroy();
        return;
      }
      this.#upgraded = true;
      at = end + 4;
      this.#handlers.onOpen();
    }
    at = this.#frames(bytes, at);
    if (at < bytes.length) this.#rest = Buffer.from(bytes.subarray(at));
  }

  /** Handles the complete frames from `at` on; answers where the first incomplete one starts. */
  #frames(bytes: Buffer, start: number): number {
    let at = start;
    while (bytes.length - at >= 2) {
      let length = (bytes[at + 1] as number) & 0x7f;
      let body = at + 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(body);
        body += 2;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = Number(bytes.readBigUInt64BE(body));
        body += 8;
      }
      if (bytes.length < body + length) break;
      this.#frame(bytes[at] as number, bytes.subarray(body, body + length));
      at = body + length;
    }
    return at;
  }

  #frame(first: number, payload: Buffer): void {
    if ((first & 0x80) === 0) throw new Error("a fragmented frame; no target is known to send one");
    switch (first & 0x0f) {
      case 0x2:
        this.#handlers.onFrame(payload);
        return;
      case 0x8:
        this.#code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
        this.#reason = payload.toString("utf8", 2);
        this.#wire.end();
        return;
      case 0x9:
        this.#wire.write(encodeClientFrame(payload, 0x8a));
        return;
    }
  }
}

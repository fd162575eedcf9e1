// Frames of room types with `protocolNamePrefix`: each starts with a varString, and the client gets its own string back.
// The room knows nothing of it. What waits for the first string of the client is bounded like a send buffer.
import * as decoding from "lib0/decoding";
import { CLOSE, LIMITS } from "#lib/protocol.ts";
import type { ClientSocket } from "./client-socket.ts";
import type { Outgoing } from "./outgoing.ts";

export class NamedFrames {
  readonly #socket: Pick<ClientSocket, "write" | "close">;
  #name: string | null = null;
  #waiting: Outgoing[] = [];
  #bytes = 0;

  constructor(socket: Pick<ClientSocket, "write" | "close">) {
    this.#socket = socket;
  }

  /** What a client's frame holds behind its name; null if that is nothing, or if the client is closed for it. */
  receive(frame: Uint8Array): Uint8Array | null {
    let name: string;
    const decoder = decoding.createDecoder(frame);
    try {
      name = decoding.readVarString(decoder);
    } catch {
      this.#socket.close(CLOSE.protocolViolation, "a frame of this room type starts with a name");
      return null;
    }
    if (decoder.pos > LIMITS.nameBytes) {
      this.#socket.close(CLOSE.protocolViolation, `a name has at most ${LIMITS.nameBytes} bytes`);
      return null;
    }
    this.#name = name;
    for (const outgoing of this.#waiting.splice(0)) this.send(outgoing);
    return decoding.hasContent(decoder) ? decoding.readTailAsUint8Array(decoder) : null;
  }

  send(outgoing: Outgoing): void {
    if (this.#name !== null) {
      this.#socket.write(outgoing.addressed(this.#name));
      return;
    }
    this.#waiting.push(outgoing);
    this.#bytes += outgoing.bytes;
    if (this.#bytes <= LIMITS.sendBuffer) return;
    this.#waiting = [];
    this.#socket.close(CLOSE.fellBehind, "this client says nothing");
  }
}

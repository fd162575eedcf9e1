// Calls from the app to the worker that owns a room, over the channel layer: a request goes through the log, the
// response comes back to this server. For lib/document.ts, and for server/administration.ts, which asks about whole partitions.
import type { RoomMessage, ServerMessage } from "#lib/messages.ts";
import { partitionName } from "#lib/partition.ts";
import { roomTypeOf } from "#lib/room-types.ts";

/**
 * `timeout`: nobody answered, and what was to be done may still be done later. `unavailable`: the server is stopping.
 * `too-large`: more than LIMITS.frameBytes. `unreadable`: what is stored of the room cannot be read. `refused`: anything
 * else, as the message says.
 */
export type RequestErrorCode = "timeout" | "unavailable" | "refused" | "too-large" | "unreadable";

/** A request that got no answer, or a refusal. Check `code`, not `instanceof`. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;
  constructor(code: RequestErrorCode, message: string) {
    super(message);
    this.name = "RequestError";
    this.code = code;
  }
}

const NO_BYTES: Uint8Array = new Uint8Array();

function codeOf(error: string): RequestErrorCode {
  return error === "too-large" || error === "unreadable" ? error : "refused";
}

/** Requests of one server that wait for their response. `send` hands a message to the channel layer. */
export class Requests {
  #next = 1;
  #waiting = new Map<number, { resolve(body: Uint8Array): void; reject(error: Error): void; timer: NodeJS.Timeout }>();
  readonly #send: (message: RoomMessage, channel: string) => void;
  readonly #timeout: number;

  constructor(send: (message: RoomMessage, channel: string) => void, timeout = 5_000) {
    this.#send = send;
    this.#timeout = timeout;
  }

  /** Asks the owner of `room`; `args` is JSON-encoded. Rejects with a RequestError after `timeout` ms. */
  call(room: string, method: string, args: unknown[] = [], bytes = NO_BYTES): Promise<Uint8Array> {
    return this.#ask(roomTypeOf(room).channel, room, method, args, this.#timeout, bytes);
  }

  /** Asks the owner of a partition, about all of its rooms (worker/partition-api.ts). */
  callOwner(channel: string, partition: number, method: string, args: unknown[], timeout: number): Promise<Uint8Array> {
    return this.#ask(channel, partitionName(partition), method, args, timeout);
  }

  #ask(
    channel: string,
    room: string,
    method: string,
    args: unknown[],
    timeout: number,
    bytes = NO_BYTES,
  ): Promise<Uint8Array> {
    const request = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(request);
        reject(new RequestError("timeout", `No worker answered "${method}" for ${room} within ${timeout} ms.`));
      }, timeout);
      this.#waiting.set(request, { resolve, reject, timer });
      this.#send({ type: "request", room, request, method, args: JSON.stringify(args), bytes }, channel);
    });
  }

  /** Takes a response off the channel layer; one that nobody waits for any more is ignored. */
  receive(message: Extract<ServerMessage, { type: "response" }>): void {
    const waiting = this.#waiting.get(message.request);
    if (!waiting) return;
    this.#waiting.delete(message.request);
    clearTimeout(waiting.timer);
    if (message.error === null) waiting.resolve(message.body);
    else waiting.reject(new RequestError(codeOf(message.error), message.error));
  }

  close(): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new RequestError("unavailable", "The server is stopping."));
    }
    this.#waiting.clear();
  }
}
